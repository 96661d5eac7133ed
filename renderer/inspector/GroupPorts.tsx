/** The streams that cross a group's border: each with its changelog mode and, unfolded, its columns. */
import { useMemo, useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { borderName } from '../canvas/border-name.ts';
import type { BorderPort } from '../canvas/project.ts';
import { EMPTY_PROJECTION, project } from '../canvas/project.ts';
import { groupIndex } from '../document/group-index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { ColumnList } from './ColumnLists.tsx';
import type { ColumnUse } from './column-uses.ts';
import own from './group-inspector.module.css';

const NO_USES: ReadonlyMap<string, ColumnUse> = new Map();

export function GroupPorts({ groupId }: { readonly groupId: string }) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const card = useMemo(() => {
    const outside = project(document, groupIndex(document).parentOf(groupId), EMPTY_PROJECTION);
    const found = outside.cardOf.get(groupId);
    return found?.kind === 'group' ? found : null;
  }, [document, groupId]);
  const inputs = card?.inputs ?? [];
  const outputs = card?.outputs ?? [];
  return (
    <section className={own.section} aria-label={t('groupForm.ports')}>
      <h3 className={own.title}>{t('groupForm.ports')}</h3>
      {inputs.length + outputs.length === 0 ? <p className={own.none}>{t('groupForm.noPorts')}</p> : null}
      {inputs.map((port) => (
        <Port key={`in ${port.key}`} port={port} name={inputs.length === 1 ? t('groups.in') : borderName(document, port)} />
      ))}
      {outputs.map((port) => (
        <Port key={`out ${port.key}`} port={port} name={outputs.length === 1 ? t('groups.out') : borderName(document, port)} />
      ))}
    </section>
  );
}

function Port({ port, name }: { readonly port: BorderPort; readonly name: string }) {
  const { checks, documents } = useDesigner();
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  const edge = useStore(checks, (state) => state.edges.get(port.edges[0].id));
  const source = useStore(documents, (state) => borderName(state.document, port));
  const changelog = edge?.changelog ?? 'append';
  return (
    <>
      <button type="button" className={own.port} aria-expanded={unfolded} title={source} onClick={() => setUnfolded(!unfolded)}>
        <i className={classes(own.shape, changelog !== 'append' && own.changelog, port.role === 'late' && own.late)} aria-hidden="true" />
        <span className={own.portName} data-truncates="">
          {name}
        </span>
        <span className={own.mode}>{t(`inspector.${changelog}`)}</span>
        <span className={own.count}>{t('groups.pillColumns', { count: edge?.schema.fields.length ?? 0 })}</span>
      </button>
      {unfolded && edge !== undefined ? <ColumnList title={source} schema={edge.schema} changelog={edge.changelog} uses={NO_USES} /> : null}
    </>
  );
}
