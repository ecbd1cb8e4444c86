/** Whether this page is the demo: built by `npm run build:demo`, served by any web host, with its engine and its past beside it. */
export const isDemo = import.meta.env.MODE === 'demo'
