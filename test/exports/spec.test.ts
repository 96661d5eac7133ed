/** The clean spec says what the document says: complete, without drawing, in an order that does not depend on how it was drawn. */
import { describe, expect, it } from 'vitest';
import { exportSpec } from '../../engine/export/spec/export-spec.ts';
import { catalog } from '../../engine/nodes/node-types.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { readTemplate, TEMPLATES } from '../differential/templates.ts';
import { REPOSITORY } from '../support/source-files.ts';

describe.each(TEMPLATES)('$name', (template) => {
  const { document, resolution } = readTemplate(REPOSITORY, template);
  const spec = exportSpec(document, catalog);

  it('is complete and means the same', () => {
    const value: { nodes: { id: string; config: object }[]; drawing?: unknown } = JSON.parse(spec);
    expect(value.drawing).toBeUndefined();
    for (const { id, config } of value.nodes) {
      const node = document.nodes.find((candidate) => candidate.id === id);
      expect(config).toMatchObject(node?.config ?? {});
      const { graph } = resolvePipeline(
        { ...document, nodes: document.nodes.map((one) => (one.id === id ? { ...one, config: { ...config } } : one)) },
        catalog,
      );
      expect(graph.node.get(id)?.config).toEqual(resolution.graph.node.get(id)?.config);
    }
  });

  it('does not depend on the order of nodes and edges, nor on the drawing', () => {
    const turned = { ...document, nodes: [...document.nodes].reverse(), edges: [...document.edges].reverse(), drawing: { positions: {} } };
    expect(exportSpec(turned, catalog)).toBe(spec);
    expect(loadDocument(spec).problems).toEqual([]);
  });
});
