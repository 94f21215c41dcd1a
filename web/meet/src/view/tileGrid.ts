import { arrange, arrangeOnStage, reseat, type Place } from '../arrangement.js';

/**
 * Places its children over its parent's whole area: as equal tiles, or one with a `data-stage` large and the others beside it. Works the
 * places out again when the area, the children or the stage change. Children are never moved in the document: a video that is stops.
 */
export class TileGrid extends HTMLElement {
  private readonly sizes = new ResizeObserver(() => {
    this.arrange();
  });
  private readonly tiles = new MutationObserver(() => {
    this.arrange();
  });

  private seats: readonly HTMLElement[] = [];
  private staged: HTMLElement | undefined;

  connectedCallback(): void {
    this.sizes.observe(this);
    this.tiles.observe(this, { childList: true, subtree: true, attributeFilter: ['data-stage'] });
    this.arrange();
  }

  disconnectedCallback(): void {
    this.sizes.disconnect();
    this.tiles.disconnect();
  }

  private arrange(): void {
    const tiles = [...this.children].filter((child) => child instanceof HTMLElement);
    const staged = tiles.find((tile) => stageOf(tile) !== undefined);
    this.seats = staged === undefined ? tiles : reseat(this.seats, tiles, this.staged, staged);
    this.staged = staged;
    const container = { width: this.clientWidth, height: this.clientHeight };
    const gap = Number.parseFloat(getComputedStyle(this).columnGap) || 0;
    const stage = staged && stageOf(staged);
    const places =
      staged === undefined || stage === undefined
        ? arrange(tiles.length, container, gap)
        : arrangeOnStage(tiles.length, this.seats.indexOf(staged), stage, container, gap);
    places.forEach((place, index) => {
      put(this.seats[index], place);
    });
  }
}

function stageOf({ dataset }: HTMLElement): 'screen' | 'speaker' | undefined {
  return dataset.stage === 'screen' || dataset.stage === 'speaker' ? dataset.stage : undefined;
}

// Through the style object: a style attribute would need an exception in a content security policy.
function put(tile: HTMLElement | undefined, place: Place): void {
  tile?.style.setProperty('left', `${place.left}px`);
  tile?.style.setProperty('top', `${place.top}px`);
  tile?.style.setProperty('width', `${place.width}px`);
  tile?.style.setProperty('height', `${place.height}px`);
}

customElements.define('tile-grid', TileGrid);
