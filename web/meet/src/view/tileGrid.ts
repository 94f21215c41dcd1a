import { layOut } from '../gridLayout.js';

/** Sizes its children as equal tiles that fill its parent. Works out the sizes again when that or the number of tiles changes. */
export class TileGrid extends HTMLElement {
  private readonly sizes = new ResizeObserver(() => {
    this.arrange();
  });
  private readonly tiles = new MutationObserver(() => {
    this.arrange();
  });

  connectedCallback(): void {
    if (this.parentElement !== null) {
      this.sizes.observe(this.parentElement);
    }
    this.tiles.observe(this, { childList: true });
    this.arrange();
  }

  disconnectedCallback(): void {
    this.sizes.disconnect();
    this.tiles.disconnect();
  }

  private arrange(): void {
    const parent = this.parentElement;
    if (parent === null) {
      return;
    }
    const gap = px(getComputedStyle(this).columnGap);
    const { columns, tile } = layOut(this.childElementCount, contentSize(parent), gap);
    // Through the style object: a style attribute would need an exception in a content security policy.
    this.style.setProperty('--tile-width', `${tile.width}px`);
    this.style.setProperty('--tile-height', `${tile.height}px`);
    this.style.setProperty('--row-width', `${columns * tile.width + (columns - 1) * gap}px`);
  }
}

function contentSize(element: Element): { readonly width: number; readonly height: number } {
  const style = getComputedStyle(element);
  return {
    width: element.clientWidth - px(style.paddingLeft) - px(style.paddingRight),
    height: element.clientHeight - px(style.paddingTop) - px(style.paddingBottom),
  };
}

// "normal" and the empty string, where nothing is set, count as none.
function px(length: string): number {
  return Number.parseFloat(length) || 0;
}

customElements.define('tile-grid', TileGrid);
