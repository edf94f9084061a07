import { z } from 'zod';
import { configSchema } from './config.js';

interface Setting {
  description?: string;
  default?: string | number;
  enum?: string[];
  anyOf?: Setting[];
  const?: string;
  minimum?: number;
  maximum?: number;
}

const MAX_SAFE = Number.MAX_SAFE_INTEGER;

/** The table of docs/configuration.md: every setting with its default and its values, as {@link configSchema} has them. Markdown. */
export function settingsTable(): string {
  const { properties, required } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as unknown as {
    properties: Record<string, Setting>;
    required: string[];
  };
  const rows = Object.entries(properties).map(([name, setting]) => {
    const values = valuesOf(setting);
    const words = `${setting.description ?? ''}${values && ` Values: ${values}.`}`;
    return `| \`${name}\` | ${required.includes(name) ? 'needed' : defaultOf(setting)} | ${words} |`;
  });
  return ['| setting | default | what it does |', '|---|---|---|', ...rows, ''].join('\n');
}

const defaultOf = ({ default: value }: Setting): string => (value === undefined || value === '' ? '' : `\`${value}\``);

/** What may be chosen, where that is a list or a span of numbers. */
function valuesOf({ enum: choices, anyOf, const: only, minimum, maximum }: Setting): string {
  if (anyOf) return anyOf.map(valuesOf).filter(Boolean).join(' or ');
  if (choices) return choices.map((one) => `\`${one}\``).join(', ');
  if (only !== undefined) return only === '' ? '' : `\`${only}\``;
  return minimum !== undefined && maximum !== undefined && maximum < MAX_SAFE ? `${minimum} to ${maximum}` : '';
}
