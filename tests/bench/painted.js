// Notes when rows are painted after a key was pressed: after the frame that follows the last change of a grid.
const bench = { pressed: 0, painted: 0 };
window.rollcallBench = bench;
const afterPaint = new MessageChannel();
afterPaint.port1.onmessage = () => {
  bench.painted = performance.now();
};
addEventListener(
  'keydown',
  (event) => {
    bench.pressed = event.timeStamp;
    bench.painted = 0;
  },
  true,
);
new MutationObserver((changes) => {
  const inGrid = ({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('[role=grid]');
  if (changes.some(inGrid)) requestAnimationFrame(() => afterPaint.port2.postMessage(0));
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
return null;
