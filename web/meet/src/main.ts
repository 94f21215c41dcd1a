import OT from '@sluice/client';
import { mount } from './mount.js';
import './styles/page.css';

const root = document.querySelector<HTMLElement>('#page');
if (root === null) {
  throw new Error('the document has no element #page');
}
mount(root, OT);
