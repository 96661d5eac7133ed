/** What a control is described by, for those who hear a form: widgets are many, and each gives its control the id of its field. */
import { useEffect } from 'react';

const ATTRIBUTE = 'aria-describedby';

/** `description`: ids of texts. What the control's own widget says stays first. */
export function useDescription(id: string, description: string): void {
  useEffect(() => {
    const control = document.getElementById(id);
    const own = control?.getAttribute(ATTRIBUTE) ?? null;
    if (control === null || own?.includes(description) === true) return undefined;
    control.setAttribute(ATTRIBUTE, own === null ? description : `${own} ${description}`);
    return () => {
      if (own === null) control.removeAttribute(ATTRIBUTE);
      else control.setAttribute(ATTRIBUTE, own);
    };
  }, [id, description]);
}
