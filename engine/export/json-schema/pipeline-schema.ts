/**
 * The JSON Schema of pipeline files, made from the definitions, for editors and other programs. The file beside this one
 * knows the format; given node types, the schema knows their fields too.
 */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { AnyNode } from '../../spec/define-node.ts';
import { DOCUMENT_FORMAT, DOCUMENT_LIMITS, DOCUMENT_SCHEMA_ID, DOCUMENT_VERSION } from '../../spec/document.ts';
import type { AnyField, Fields } from '../../spec/fields.ts';
import { jobFields } from '../../spec/job-settings.ts';
import { nodeRunFields } from '../../spec/node-run.ts';

const TEXT: JsonObject = { type: 'string' };
const ID: JsonObject = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const DURATION: JsonObject = { type: 'string', examples: ['250 ms', '10 s', '1 h 30 min', 'PT15M'] };
const INTEGER: JsonObject = { type: 'integer' };

export function pipelineJsonSchema(nodes: readonly AnyNode[]): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: DOCUMENT_SCHEMA_ID,
    title: 'Millrace pipeline',
    description: 'Unknown properties are kept as they are.',
    type: 'object',
    required: ['format', 'version', 'id', 'name', 'nodes', 'edges'],
    properties: {
      $schema: TEXT,
      format: { const: DOCUMENT_FORMAT },
      version: { const: DOCUMENT_VERSION },
      id: TEXT,
      name: TEXT,
      job: objectOf(jobFields),
      nodes: { type: 'array', maxItems: DOCUMENT_LIMITS.nodesMax, items: { $ref: '#/$defs/node' } },
      edges: { type: 'array', maxItems: DOCUMENT_LIMITS.edgesMax, items: { $ref: '#/$defs/edge' } },
      drawing: { $ref: '#/$defs/drawing' },
    },
    $defs: {
      node: nodeSchema(nodes),
      port: { type: 'object', required: ['node', 'port'], properties: { node: ID, port: TEXT } },
      edge: {
        type: 'object',
        required: ['id', 'from', 'to'],
        properties: { id: ID, from: { $ref: '#/$defs/port' }, to: { $ref: '#/$defs/port' } },
      },
      point: { type: 'object', required: ['x', 'y'], properties: { x: INTEGER, y: INTEGER } },
      drawing: DRAWING,
    },
  };
}

const DRAWING: JsonObject = {
  type: 'object',
  properties: {
    positions: { type: 'object', additionalProperties: { $ref: '#/$defs/point' } },
    stacks: { type: 'array', items: { type: 'array', minItems: 2, items: ID } },
    notes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'text', 'x', 'y', 'width', 'height'],
        properties: { id: ID, text: TEXT, x: INTEGER, y: INTEGER, width: INTEGER, height: INTEGER, node: ID, group: ID },
      },
    },
    groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'label', 'members'],
        properties: {
          id: ID,
          label: TEXT,
          description: TEXT,
          colour: TEXT,
          parent: ID,
          members: { type: 'array', items: ID },
          pills: { type: 'object', additionalProperties: { $ref: '#/$defs/point' } },
        },
      },
    },
    results: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          view: { enum: ['lines', 'top', 'bars', 'table'] },
          keys: { type: 'array', items: TEXT },
          time: TEXT,
          value: TEXT,
          unit: TEXT,
          threshold: { type: 'number' },
        },
      },
    },
  },
};

/** The config's schema follows from the type; a type that is not listed may have any config. */
function nodeSchema(nodes: readonly AnyNode[]): JsonObject {
  return {
    type: 'object',
    required: ['id', 'type'],
    properties: {
      id: ID,
      type: nodes.length === 0 ? TEXT : { type: 'string', examples: nodes.map((node) => node.type) },
      label: TEXT,
      disabled: { type: 'boolean' },
      ...Object.fromEntries(Object.entries(nodeRunFields).map(([name, field]) => [name, describe({ ...field, required: true })])),
      configVersion: INTEGER,
      config: { type: 'object' },
    },
    ...(nodes.length === 0 ? {} : { allOf: nodes.map(configSchema) }),
  };
}

function configSchema(node: AnyNode): JsonObject {
  return {
    if: { properties: { type: { const: node.type } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
    then: { title: node.label.en, description: node.summary.en, properties: { config: objectOf(node.fields) } },
  };
}

function objectOf(fields: Fields): JsonObject {
  return { type: 'object', properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describe(field)])) };
}

function describe(field: AnyField): JsonObject {
  const words: { [key: string]: JsonValue } = { title: field.label.en };
  if (field.help !== undefined) words.description = field.help.en;
  if (field.default !== undefined) words.default = field.default;
  const value = valueSchema(field);
  return { ...words, ...(field.required ? value : { anyOf: [value, { type: 'null' }] }) };
}

function valueSchema(field: AnyField): JsonObject {
  switch (field.kind) {
    case 'number':
      return numberSchema(field);
    case 'toggle':
      return { type: 'boolean' };
    case 'text':
      return field.pattern === undefined ? TEXT : { type: 'string', pattern: `^(?:${field.pattern})$` };
    case 'choice':
      return { enum: field.options.map((option) => option.value) };
    case 'duration':
      return DURATION;
    case 'columns':
      return { type: 'array', items: TEXT, uniqueItems: true };
    case 'conditions':
    case 'projections':
    case 'aggregates':
      return listOf({ name: TEXT, expression: TEXT });
    case 'watermark':
      return { type: 'object', required: ['column'], properties: { column: TEXT, delay: DURATION } };
    case 'schema':
      return listOf({ name: TEXT, type: { type: 'string', examples: ['STRING', 'BIGINT NOT NULL', 'DECIMAL(10, 2)', 'TIMESTAMP(3)'] } });
    case 'rows':
      return { type: 'array', items: { type: 'object' } };
    case 'list':
      return { type: 'array', items: objectOf(field.item) };
    default:
      return TEXT;
  }
}

function numberSchema(field: Extract<AnyField, { kind: 'number' }>): JsonObject {
  return {
    type: field.integer === true ? 'integer' : 'number',
    ...(field.minimum === undefined ? {} : { minimum: field.minimum }),
    ...(field.maximum === undefined ? {} : { maximum: field.maximum }),
  };
}

function listOf(properties: { readonly [name: string]: JsonObject }): JsonObject {
  return { type: 'array', items: { type: 'object', required: Object.keys(properties), properties } };
}
