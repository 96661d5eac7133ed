/** A note's Markdown as elements of our own making: no HTML of the note's is ever read. */
import { StickyNote } from 'lucide-react';
import { useMemo } from 'react';
import type { Block, Inline } from './markdown.ts';
import { parseMarkdown } from './markdown.ts';
import style from './note.module.css';

export function NoteText({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return blocks.map((block, index) => <BlockView key={`${index} ${block.kind}`} block={block} first={index === 0} />);
}

function BlockView({ block, first }: { readonly block: Block; readonly first: boolean }) {
  switch (block.kind) {
    case 'heading':
      return (
        <p className={block.level === 1 ? style.title : style.subtitle}>
          {first ? <StickyNote size={14} strokeWidth={1.75} aria-hidden="true" /> : null}
          <span>
            <Run parts={block.children} />
          </span>
        </p>
      );
    case 'code':
      return <pre className={style.block}>{block.text}</pre>;
    case 'list': {
      const rows = block.items.map((item, index) => (
        <li key={`${index} ${item.length}`}>
          <Run parts={item} />
        </li>
      ));
      return block.ordered ? <ol className={style.list}>{rows}</ol> : <ul className={style.list}>{rows}</ul>;
    }
    case 'paragraph':
      return (
        <p className={style.paragraph}>
          {block.lines.map((line, index) => (
            <span key={`${index} ${line.length}`} className={style.line}>
              <Run parts={line} />
            </span>
          ))}
        </p>
      );
  }
}

function Run({ parts }: { readonly parts: readonly Inline[] }) {
  return parts.map((part, index) => <Part key={`${index} ${part.kind}`} part={part} />);
}

function Part({ part }: { readonly part: Inline }) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return <code className={style.code}>{part.text}</code>;
    case 'strong':
      return (
        <strong>
          <Run parts={part.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Run parts={part.children} />
        </em>
      );
    case 'link':
      return (
        <a className={`nodrag ${style.link}`} href={part.address} target="_blank" rel="noopener noreferrer" title={part.address}>
          <Run parts={part.children} />
        </a>
      );
  }
}
