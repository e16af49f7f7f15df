import { DataList, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A value with its label, in a `DataList`. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}

/** The same for what somebody wrote, which keeps its lines. */
export function Written({ label, text }: { label: string; text: string }) {
  return (
    <Field label={label}>
      <Text span style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Text>
    </Field>
  );
}
