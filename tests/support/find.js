// Finds what a person finds: a visible element by its role and accessible name. Runs in the page; the first two
// arguments are role and name, the optional third the element to look in. A name that ends in "*" is a beginning.
const [role, wanted, within] = arguments;
const SELECTORS = {
  alert: '[role=alert]',
  banner: 'header, [role=banner]',
  button: 'button, summary, [role=button], input[type=submit], input[type=button]',
  checkbox: 'input[type=checkbox], [role=checkbox], [role=switch]',
  columnheader: 'th, [role=columnheader]',
  combobox: 'select, [role=combobox]',
  dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
  grid: '[role=grid], [role=treegrid], table',
  gridcell: 'td, [role=gridcell], [role=cell], [role=rowheader]',
  group: 'fieldset, details, [role=group], [role=radiogroup]',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  link: 'a[href], [role=link]',
  list: 'ul, ol, [role=list], [role=listbox]',
  main: 'main, [role=main]',
  menuitem: '[role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]',
  navigation: 'nav, [role=navigation]',
  option: 'option, [role=option]',
  progressbar: 'progress, [role=progressbar]',
  radio: 'input[type=radio], [role=radio]',
  region: 'section, [role=region]',
  row: 'tr, [role=row]',
  searchbox: 'input[type=search], [role=searchbox]',
  status: 'output, [role=status]',
  tab: '[role=tab]',
  textbox:
    'input:not([type]), input[type=text], input[type=url], input[type=password], input[type=email], input[type=number], input[type=search], textarea, [role=textbox], [role=searchbox]',
};
const squeeze = (text) => (text ?? '').replace(/\s+/gu, ' ').trim();
const byIds = (ids) =>
  ids
    .split(/\s+/u)
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');
// Text as it is read aloud: what is hidden from listeners is left out.
function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches('[aria-hidden=true]') || !node.checkVisibility()) return '';
  const text = node.getAttribute('aria-label') ?? node.getAttribute('alt') ?? [...node.childNodes].map(textOf).join('');
  return getComputedStyle(node).display.startsWith('inline') ? text : ` ${text} `;
}
function nameOf(element) {
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy) return squeeze(byIds(labelledBy));
  const label = element.getAttribute('aria-label');
  if (label) return squeeze(label);
  if (element.labels?.length) return squeeze([...element.labels].map((one) => one.textContent).join(' '));
  if (element instanceof HTMLFieldSetElement) return squeeze(element.querySelector('legend')?.textContent);
  if (element.matches('input, select, textarea')) return squeeze(element.title || element.placeholder || element.value);
  return squeeze([...element.childNodes].map(textOf).join('')) || squeeze(element.title);
}
const visible = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true], [inert]');
const selector = SELECTORS[role];
if (!selector) throw new Error(`no such role in find.js: ${role}`);
const found = [...(within ?? document).querySelectorAll(selector)].filter(visible);
const matches = wanted.endsWith('*')
  ? (name) => name.startsWith(wanted.slice(0, -1))
  : (name) => wanted === '' || name === wanted;
const modal = [...document.querySelectorAll('dialog[open]')].filter((one) => one.matches(':modal')).pop();
const reachable = found.filter((element) => !modal || modal.contains(element) || within);
return reachable.filter((element) => matches(nameOf(element)));
