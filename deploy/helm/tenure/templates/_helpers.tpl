{{- define "tenure.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The pod selector: must never change. Takes a dict: root, name. */}}
{{- define "tenure.selector" -}}
app.kubernetes.io/name: tenure
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "tenure.labels" -}}
{{ include "tenure.selector" . }}
app.kubernetes.io/part-of: tenure
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* Reports everything that is missing in one error. */}}
{{- define "tenure.complete" -}}
{{- $table := .Files.Get "files/processes.yaml" | fromYaml -}}
{{- $missing := list -}}
{{- range list "repository" "tag" -}}
  {{- if not (index $.Values.image .) -}}
    {{- $missing = append $missing (printf "image.%s is missing: name the image that was built from deploy/Dockerfile." .) -}}
  {{- end -}}
{{- end -}}
{{- range $place, $names := $table.required -}}
  {{- $settings := eq $place "settings" | ternary $.Values.settings (index $.Values $place).settings -}}
  {{- range $names -}}
    {{- if not (get $settings .) -}}
      {{- $path := eq $place "settings" | ternary "settings" (printf "%s.settings" $place) -}}
      {{- $missing = append $missing (printf "%s.%s is missing: set it in your values." $path .) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range list "workflows" "gateway" -}}
  {{- if and (index $.Values .).certificate (not (or $.Values.temporal.authority $.Values.temporal.certificate)) -}}
    {{- $missing = append $missing (printf "%s.certificate is not used: set temporal.certificate, temporal.authority, or both." .) -}}
  {{- end -}}
{{- end -}}
{{- if $missing -}}{{ fail (join "\n" (prepend $missing "")) }}{{- end -}}
{{- end }}

{{/* Takes a dict: root, tag. */}}
{{- define "tenure.image" -}}
{{ .root.Values.image.repository }}:{{ .tag | default .root.Values.image.tag }}
{{- end }}

{{/* A number in values is a float, and would be rendered as 1.073741824e+09. */}}
{{- define "tenure.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end }}

{{/* For each setting that a process reads from a file, the path in /run. Takes a dict: root, name, process, table. */}}
{{- define "tenure.files" -}}
{{- $files := dict -}}
{{- range $setting, $key := .process.secrets -}}
  {{- $_ := set $files $setting (printf "secrets/tenure/%s" $key) -}}
{{- end -}}
{{- if (index .root.Values .name).certificate -}}
  {{- range $setting, $key := .table.certificate -}}
    {{- if hasKey $files $setting -}}{{- $_ := set $files $setting (printf "certificate/%s" $key) -}}{{- end -}}
  {{- end -}}
{{- end -}}
{{- range $setting, $place := .table.optional -}}
  {{- $path := splitList "." $place -}}
  {{- if not (index $.root.Values (first $path) (last $path)) -}}{{- $_ := unset $files $setting -}}{{- end -}}
{{- end -}}
{{- toYaml $files -}}
{{- end }}

{{/* The environment of a process. Takes a dict: root, name, process, table. */}}
{{- define "tenure.environment" -}}
{{- $environment := dict "HEALTH_PORT" "8080" "NATS_USER" .name -}}
{{- if eq .name "gateway" -}}{{- $_ := set $environment "PORT" "3000" -}}{{- end -}}
{{- range $setting, $readers := .table.shared -}}
  {{- if has $.name $readers -}}{{- $_ := set $environment $setting (get $.root.Values.settings $setting) -}}{{- end -}}
{{- end -}}
{{- $environment = mergeOverwrite $environment (index .root.Values .name).settings -}}
{{- range $setting, $path := include "tenure.files" . | fromYaml -}}
  {{- $_ := set $environment (printf "%s_FILE" $setting) (printf "/run/%s" $path) -}}
{{- end -}}
{{- if .root.Values.certificateAuthority.configMap -}}
  {{- $_ := set $environment "NODE_EXTRA_CA_CERTS" "/run/authority/ca.crt" -}}
{{- end -}}
{{- range $setting, $value := $environment -}}
{{- $text := include "tenure.text" $value -}}
{{- if ne $text "" }}
- name: {{ $setting }}
  value: {{ $text | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Takes a dict: root, certificate. */}}
{{- define "tenure.mounts" -}}
- name: secrets
  mountPath: /run/secrets/tenure
  readOnly: true
{{- if .certificate }}
- name: certificate
  mountPath: /run/certificate
  readOnly: true
{{- end }}
{{- if .root.Values.certificateAuthority.configMap }}
- name: authority
  mountPath: /run/authority
  readOnly: true
{{- end }}
{{- end }}

{{/* Takes a dict: root, secret, certificate, files. Only keys that the pod reads are mounted. */}}
{{- define "tenure.volumes" -}}
- name: secrets
  secret:
    secretName: {{ .secret }}
    defaultMode: 288 # 0440
    items:
      {{- range .files }}
      {{- if eq (dir .) "secrets/tenure" }}
      - { key: {{ base . }}, path: {{ base . }} }
      {{- end }}
      {{- end }}
{{- if .certificate }}
- name: certificate
  secret:
    secretName: {{ .certificate }}
    defaultMode: 288
{{- end }}
{{- with .root.Values.certificateAuthority }}
{{- if .configMap }}
- name: authority
  configMap:
    name: {{ .configMap }}
    items:
      - key: {{ .key }}
        path: ca.crt
{{- end }}
{{- end }}
{{- end }}

{{/* 1000 is the image's user `node`. A numeric id lets the cluster verify that it is not root. */}}
{{- define "tenure.pod" -}}
automountServiceAccountToken: false
# With service links, a Service called `health` would set HEALTH_PORT.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" }}
{{- with index $.Values $field }}
{{ $field }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* No process writes files: the workflow bundle is built into the image. */}}
{{- define "tenure.container" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/*
The template of a pod that runs one command to its end, in a database that one Secret gives access to. Takes a dict:
root, name, command, tag, resources, secret, certificate, key, setting.
*/}}
{{- define "tenure.once" -}}
metadata:
  labels:
    {{- include "tenure.selector" . | nindent 4 }}
spec:
  {{- include "tenure.pod" .root | nindent 2 }}
  restartPolicy: Never
  containers:
    - name: {{ .name }}
      image: {{ include "tenure.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      command: {{ toJson .command }}
      {{- include "tenure.container" .root | nindent 6 }}
      env:
        - name: {{ .setting }}_FILE
          value: /run/secrets/tenure/{{ .key }}
        {{- if .root.Values.certificateAuthority.configMap }}
        - name: NODE_EXTRA_CA_CERTS
          value: /run/authority/ca.crt
        {{- end }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      volumeMounts:
        {{- include "tenure.mounts" . | nindent 8 }}
  volumes:
    {{- include "tenure.volumes" (merge (dict "files" (list (printf "secrets/tenure/%s" .key))) .) | nindent 4 }}
{{- end }}
