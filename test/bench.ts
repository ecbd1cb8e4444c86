/** `npm run bench [-- name …]`: timings, one file each in test/bench/; every figure is one JSON line. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

interface Bench {
  bench(log: (line: string) => void): Promise<void>
}

const folder = join(import.meta.dirname, 'bench')
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`bench: got ${unknown.join(', ')}, expected some of: ${all.join(', ')}`)
  process.exit(1)
}
for (const name of wanted.length > 0 ? wanted : all) {
  const { bench } = (await import(join(folder, `${name}.ts`))) as Bench
  await bench((line) => console.log(line))
}
