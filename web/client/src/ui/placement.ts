import type { InsertMode } from '../options.js';

/** What an application may name as the place of a widget: an element, its id, or nothing. */
export type Target = HTMLElement | string | null | undefined;

/**
 * Finds or makes the root element of a widget and puts it in its place. In mode `replace` the target itself becomes the root. A target
 * that is missing means the end of the body.
 */
export function placeRoot(target: Target, mode: InsertMode, newId: string): HTMLElement {
  const found = typeof target === 'string' ? document.getElementById(target) : target;
  if (found && mode === 'replace') {
    found.replaceChildren();
    if (found.id === '') found.id = newId;
    return found;
  }
  const root = document.createElement('div');
  root.id = newId;
  if (!found) {
    document.body.append(root);
    return root;
  }
  switch (mode) {
    case 'before':
      found.before(root);
      break;
    case 'after':
      found.after(root);
      break;
    case 'append':
    case 'replace':
      found.append(root);
  }
  return root;
}

/** A length of the API as CSS: a number, or a string that is one, means pixels. */
export function cssLength(length: number | string): string {
  return /^\d+(\.\d+)?$/.test(String(length)) ? `${length}px` : String(length);
}
