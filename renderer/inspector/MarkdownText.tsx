/** Markdown of notes and of help pages as elements of our own making: no HTML in it is ever read. */
import { useMemo } from 'react';
import type { Block, Inline } from '../notes/markdown.ts';
import { parseMarkdown } from '../notes/markdown.ts';
import style from './help.module.css';

export function MarkdownText({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return numbered(blocks).map(({ key, item }) => <BlockView key={key} block={item} />);
}

/** Pieces of a text have no identity but their place. */
function numbered<T>(items: readonly T[]): readonly { readonly key: number; readonly item: T }[] {
  return items.map((item, key) => ({ key, item }));
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h4 className={style.heading}>
          <Run parts={block.children} />
        </h4>
      );
    case 'code':
      return <pre className={style.block}>{block.text}</pre>;
    case 'list': {
      const rows = numbered(block.items).map(({ key, item }) => (
        <li key={key}>
          <Run parts={item} />
        </li>
      ));
      return block.ordered ? <ol className={style.list}>{rows}</ol> : <ul className={style.list}>{rows}</ul>;
    }
    case 'paragraph':
      return (
        <p className={style.paragraph}>
          {numbered(block.lines).map(({ key, item }) => (
            <span key={key}>
              <Run parts={item} />{' '}
            </span>
          ))}
        </p>
      );
  }
}

function Run({ parts }: { readonly parts: readonly Inline[] }) {
  return numbered(parts).map(({ key, item }) => <Part key={key} part={item} />);
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
        <a href={part.address} target="_blank" rel="noopener noreferrer" title={part.address}>
          <Run parts={part.children} />
        </a>
      );
  }
}
