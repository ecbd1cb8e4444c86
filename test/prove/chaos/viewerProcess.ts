/** One viewer in a process of its own, to be stopped and let go on; it tells all the time what it shows. */
import { Viewer } from './viewer.ts'

const LOOK_MS = 50
const [url] = process.argv.slice(2)
const viewer = new Viewer(url, url)
// after all timers that are due have run: what a browser would draw next
setInterval(() => setImmediate(() => process.send?.(viewer.shown)), LOOK_MS)
process.on('disconnect', () => process.exit(0))
