/** The template gallery: four scenarios, found by a word, each card opened or run with one click. */
import { ChevronRight, Droplets, Search, ShieldAlert, Sparkles, Trophy, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { TemplateGroup } from '../../engine/host/contract.ts';
import { useDesigner } from '../app/designer.ts';
import { isTyping } from '../app/shortcuts.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import style from './gallery.module.css';
import { TemplateCardView } from './TemplateCardView.tsx';
import type { GalleryTemplate } from './templates.ts';
import { findTemplates, TEMPLATE_GROUPS, useTemplates } from './templates.ts';
import { useSlowly } from './use-slowly.ts';

/** A folded group shows one row. */
const ROW = 4;
const ICON = { size: 16, strokeWidth: 1.75 };
const GROUP_ICONS: { readonly [G in TemplateGroup]: ReactNode } = {
  etl: <Droplets {...ICON} />,
  analysis: <Sparkles {...ICON} />,
  monitoring: <ShieldAlert {...ICON} />,
  reports: <Trophy {...ICON} />,
};

export function Gallery() {
  const { t } = useTranslation();
  const { templates, failure, retry } = useTemplates();
  const [query, setQuery] = useState('');
  const waiting = useSlowly(templates === null && failure === null);
  const found = templates === null ? [] : findTemplates(templates, query);
  return (
    <div className={style.gallery}>
      <header className={style.head}>
        <div>
          <h2 className={style.title}>{t('start.galleryTitle')}</h2>
          <p className={style.lead}>{t('start.galleryLead')}</p>
        </div>
        <SearchBox count={templates?.length ?? 0} query={query} onChange={setQuery} />
      </header>
      {failure !== null ? (
        <Empty title={t('start.unread')} text={failure}>
          <Button onClick={retry}>{t('common.tryAgain')}</Button>
        </Empty>
      ) : waiting ? (
        <Skeleton />
      ) : templates !== null && found.length === 0 ? (
        <Empty title={t('start.noMatch', { query: query.trim() })} text={t('start.noMatchText')}>
          <Button onClick={() => setQuery('')}>{t('start.showAll')}</Button>
        </Empty>
      ) : (
        TEMPLATE_GROUPS.map((group) => (
          <GroupRow
            key={group}
            group={group}
            templates={found.filter((template) => template.info.group === group)}
            searching={query.trim() !== ''}
          />
        ))
      )}
    </div>
  );
}

interface GroupRowProps {
  readonly group: TemplateGroup;
  readonly templates: readonly GalleryTemplate[];
  readonly searching: boolean;
}

/** Absent without templates; a search shows everything that it found. */
function GroupRow({ group, templates, searching }: GroupRowProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (templates.length === 0) return null;
  const shown = open || searching ? templates : templates.slice(0, ROW);
  return (
    <section aria-label={t(`start.group.${group}`)} data-template-group={group}>
      <h3 className={style.groupHead}>
        <span className={style.groupIcon}>{GROUP_ICONS[group]}</span>
        {t(`start.group.${group}`)}
        <span className={style.groupLead}>{t(`start.groupLead.${group}`)}</span>
        {templates.length > ROW && !searching ? (
          <button type="button" className={style.all} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('start.fewer') : t('start.all', { count: templates.length })}
            <ChevronRight size={14} strokeWidth={1.75} />
          </button>
        ) : null}
      </h3>
      <ul className={style.cards}>
        {shown.map((template) => (
          <TemplateCardView key={template.info.name} template={template} />
        ))}
      </ul>
    </section>
  );
}

interface SearchBoxProps {
  readonly count: number;
  readonly query: string;
  readonly onChange: (query: string) => void;
}

/** `/` goes there from anywhere on the page that is no field; Esc empties it, then leaves it. */
function SearchBox({ count, query, onChange }: SearchBoxProps) {
  const { shell } = useDesigner();
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { dialog } = shell.getState();
      if (event.key !== '/' || isTyping(event.target) || (dialog !== null && dialog.kind !== 'template')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shell]);
  return (
    <search className={style.search}>
      <Search size={15} strokeWidth={1.75} aria-hidden="true" />
      <input
        ref={input}
        type="text"
        spellCheck={false}
        autoComplete="off"
        aria-label={t('start.searchLabel')}
        placeholder={t('start.search', { count })}
        value={query}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (query === '') event.currentTarget.blur();
          else event.stopPropagation();
          onChange('');
        }}
      />
      {query === '' ? (
        <kbd className={style.key}>/</kbd>
      ) : (
        <IconButton
          small
          label={t('start.clear')}
          icon={<X size={14} strokeWidth={1.75} />}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        />
      )}
    </search>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={style.cards} role="status" aria-label={t('start.reading')}>
      {Array.from({ length: ROW }, (_card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <span key={index} className={style.skeleton} />
      ))}
    </div>
  );
}
