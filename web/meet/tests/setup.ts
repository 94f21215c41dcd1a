// jsdom lays nothing out: a size never changes, and it knows no media queries.
class UnchangingSize implements ResizeObserver {
  readonly observed = new Set<Element>();

  observe(element: Element): void {
    this.observed.add(element);
  }

  unobserve(element: Element): void {
    this.observed.delete(element);
  }

  disconnect(): void {
    this.observed.clear();
  }
}
globalThis.ResizeObserver = UnchangingSize;

window.matchMedia = () => ({ matches: true }) as MediaQueryList;

// jsdom has the element without its methods.
HTMLDialogElement.prototype.showModal = function (): void {
  this.open = true;
};
