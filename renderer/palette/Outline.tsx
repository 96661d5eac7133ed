/** The drawing as a list: every node with its problems, chosen and reached without the canvas. */
import { PanelLeftClose } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
import { PinPanel } from '../app/PinPanel.tsx';
import { useLeftPanel } from '../app/use-left-panel.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { currentLanguage } from '../strings/language.ts';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { NodeIcon } from './NodeIcon.tsx';
import outline from './outline.module.css';
import style from './palette.module.css';

export function Outline() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { close } = useLeftPanel();
  const nodes = useStore(designer.documents, (state) => state.document.nodes);
  const selected = useStore(designer.selection, (state) => state.nodes);
  const problems = useStore(designer.checks, (state) => state.byNode);
  return (
    <div className={style.palette}>
      <div className={style.head}>
        <h2 className={style.title}>{t('outline.title')}</h2>
        <PinPanel />
        <IconButton small label={t('palette.hide')} icon={<PanelLeftClose size={15} strokeWidth={1.75} />} onClick={close} />
      </div>
      {nodes.length === 0 ? (
        <Empty title={t('outline.empty')} />
      ) : (
        <ul className={style.list}>
          {nodes.map((node) => {
            const count = problems.get(node.id)?.length ?? 0;
            return (
              <li key={node.id}>
                <button
                  type="button"
                  className={classes(outline.row, selected.has(node.id) && outline.selected)}
                  aria-current={selected.has(node.id)}
                  onClick={() => {
                    designer.selection.select([node.id]);
                    designer.canvas?.reveal(node.id);
                  }}
                >
                  <NodeIcon type={node.type} category={nodeShape(node).category} />
                  <span className={style.label} data-truncates="">
                    {nodeLabel(node, currentLanguage())}
                  </span>
                  {count > 0 ? <span className={outline.count}>{count}</span> : null}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
