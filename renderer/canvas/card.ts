/** What a drawing is made of: cards of nodes (one or a stack), of collapsed groups, of an open group's border and of notes, and lines. */
import type { OutputRole } from '../../engine/spec/define-node.ts';
import type { EdgeSpec, GroupSpec, NodeSpec, NoteSpec, Point, PortReference } from '../../engine/spec/document.ts';
import type { NodeShape } from '../document/definitions.ts';

export interface CardRow {
  readonly node: NodeSpec;
  readonly shape: NodeShape;
  /** From the card's top. */
  readonly top: number;
  readonly height: number;
  /** Ports that the joints of a stack hide: their only edge is inside. */
  readonly hiddenInput: string | null;
  readonly hiddenOutput: string | null;
}

interface AnyCard {
  readonly id: string;
  readonly position: Point;
  readonly width: number;
  /** Without the foot. */
  readonly height: number;
}

/** Named after its first node. */
export interface NodesCard extends AnyCard {
  readonly kind: 'nodes';
  readonly rows: readonly CardRow[];
}

/** One stream of rows that crosses the border of a group: all edges from one output port. */
export interface BorderPort {
  /** Handle id, `node/port` of the real port that a new edge would use. */
  readonly key: string;
  readonly from: PortReference;
  readonly role: OutputRole;
  readonly edges: readonly EdgeSpec[];
}

export interface GroupCard extends AnyCard {
  readonly kind: 'group';
  readonly rows: readonly [];
  readonly group: GroupSpec;
  /** With those of groups inside. */
  readonly members: readonly NodeSpec[];
  readonly inputs: readonly BorderPort[];
  readonly outputs: readonly BorderPort[];
}

/** Where rows come into the open group, or leave it. */
export interface PillCard extends AnyCard {
  readonly kind: 'pill';
  readonly rows: readonly [];
  readonly side: 'in' | 'out';
  readonly port: BorderPort;
  /** The only one of its side. */
  readonly alone: boolean;
}

export interface NoteCard extends AnyCard {
  readonly kind: 'note';
  readonly rows: readonly [];
  readonly note: NoteSpec;
}

export type Card = NodesCard | GroupCard | PillCard | NoteCard;

export interface Line {
  /** Of the first of its edges. */
  readonly id: string;
  readonly spec: EdgeSpec;
  /** More than one where a collapsed group or a pill stands for several ends. */
  readonly edges: readonly EdgeSpec[];
  readonly fromCard: string;
  readonly toCard: string;
  /** Handle ids. */
  readonly fromHandle: string;
  readonly toHandle: string;
  /** From the cards' top left corners. */
  readonly startOffset: Point;
  readonly endOffset: Point;
  readonly role: OutputRole;
}

export interface Projection {
  /** Null when the top level is shown, also because the group asked for is gone. */
  readonly openGroup: string | null;
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  /** By card id, and by the id of every node that the card stands for. */
  readonly cardOf: ReadonlyMap<string, Card>;
}
