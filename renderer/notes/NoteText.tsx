/** A note's Markdown as elements of our own making: no HTML of the note's is ever read. */
import { StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import { createElement, Fragment, useMemo } from 'react';
import type { Block, Inline } from './markdown.ts';
import { parseMarkdown } from './markdown.ts';
import style from './note.module.css';

export function NoteText({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  // Children given one by one need no keys: the text is drawn as a whole whenever it changes.
  return createElement(Fragment, null, ...blocks.map((block, index) => blockElement(block, index === 0)));
}

function blockElement(block: Block, first: boolean): ReactNode {
  switch (block.kind) {
    case 'heading':
      return (
        <p className={block.level === 1 ? style.title : style.subtitle}>
          {first ? <StickyNote size={14} strokeWidth={1.75} aria-hidden="true" /> : null}
          {createElement('span', null, ...inlineElements(block.children))}
        </p>
      );
    case 'code':
      return <pre className={style.block}>{block.text}</pre>;
    case 'list': {
      const items = block.items.map((item) => createElement('li', null, ...inlineElements(item)));
      return createElement(block.ordered ? 'ol' : 'ul', { className: style.list }, ...items);
    }
    case 'paragraph': {
      const lines = block.lines.map((line) => createElement('span', { className: style.line }, ...inlineElements(line)));
      return createElement('p', { className: style.paragraph }, ...lines);
    }
  }
}

function inlineElements(parts: readonly Inline[]): readonly ReactNode[] {
  return parts.map(inlineElement);
}

function inlineElement(part: Inline): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return <code className={style.code}>{part.text}</code>;
    case 'strong':
      return createElement('strong', null, ...inlineElements(part.children));
    case 'emphasis':
      return createElement('em', null, ...inlineElements(part.children));
    case 'link':
      return createElement(
        'a',
        { className: `nodrag ${style.link}`, href: part.address, target: '_blank', rel: 'noopener noreferrer', title: part.address },
        ...inlineElements(part.children),
      );
  }
}
