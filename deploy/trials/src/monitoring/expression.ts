import { parser } from '@prometheus-io/lezer-promql';

/** A selector of an expression: the samples of a metric with these labels. */
export interface Selector {
  metric: string;
  matchers: { label: string; operator: string; value: string }[];
}

export interface Expression {
  selectors: Selector[];
  /** The labels that it groups by. */
  by: string[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

/** Parses PromQL with Prometheus's own grammar. @throws with the position if it is not valid */
export function readExpression(text: string): Expression {
  const selectors: Selector[] = [];
  const by: string[] = [];
  const words = ({ from, to }: Node) => text.slice(from, to);
  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) throw new Error(`"${text}" is not a PromQL expression, from "${text.slice(from)}" on.`);
    },
  });
  tree.iterate({
    enter: ({ node }) => {
      if (node.name === 'GroupingLabels') by.push(...node.getChildren('LabelName').map(words));
      if (node.name !== 'VectorSelector') return;
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      selectors.push({
        metric: words(node.getChild('Identifier')!),
        matchers: matchers.map((matcher) => ({
          label: words(matcher.getChild('LabelName')!),
          operator: words(matcher.getChild('MatchOp')!),
          value: JSON.parse(words(matcher.getChild('StringLiteral')!)) as string,
        })),
      });
    },
  });
  return { selectors, by };
}
