import adapter from '@sveltejs/adapter-static';

// A desktop window has no server: one page, one script, one stylesheet, and routes in the hash, so that a reload
// never asks for a file that does not exist.
/** @type {import('@sveltejs/kit').Config} */
const config = {
  kit: {
    adapter: adapter({ pages: 'dist', assets: 'dist' }),
    output: { bundleStrategy: 'single' },
    router: { type: 'hash' },
    version: { name: 'rollcall' },
  },
};

export default config;
