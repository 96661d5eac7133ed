/** The gallery's fixed pipelines. They are data, as files are: the page still knows no node type by name. */
import type { PipelineDocument } from '../../engine/spec/document.ts';
import specimens from './specimens.json';

export type DrawingName = keyof typeof specimens;

/** Written with the file format's own fields; the wider type of JSON's literals is all that differs. */
export const drawings = specimens as unknown as Readonly<Record<DrawingName, PipelineDocument>>;
