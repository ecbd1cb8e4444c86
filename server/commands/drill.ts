/**
 * `npm run -s drill -- verify FILE`: plays the game of a file again and says whether what it claims is what comes. Prints last one
 * JSON object: what was claimed, what came, what could not be done. Exit 0 when it is true, else 1.
 */
import { readFile } from 'node:fs/promises'
import { parseCity } from '../../twin/city.ts'
import { parseDrill } from '../../twin/scenario/drill/document.ts'
import { makeDrill } from '../../twin/scenario/drill/game.ts'
import { checkBase } from '../../twin/scenario/drill/hosted.ts'
import { replayDrill, type Verdict } from '../../twin/scenario/drill/replay.ts'
import { savedOf } from '../../twin/scenario/drill/score.ts'
import { citiesFolder, listCities, openCity, readDatasets } from '../loop/cityFolder.ts'
import { baseOf, twinsOf } from '../loop/drill/twins.ts'

async function verify(file: string): Promise<Verdict> {
  const drill = parseDrill(await readFile(file, 'utf8'))
  const known = listCities(citiesFolder)
  if (!known.includes(drill.base.city))
    throw new Error(`the file is of ${drill.base.city}, expected one of ${known.join(', ')}`)
  const folder = await openCity(citiesFolder, drill.base.city)
  const city = parseCity(await readDatasets(folder))
  checkBase(drill, baseOf(folder), city)
  const game = makeDrill(await twinsOf(city, folder, drill.base), drill.lost.substation)
  const replay = replayDrill(game, drill)
  while (!game.isOver()) replay.step()
  return replay.verdict()
}

try {
  const [what, file] = process.argv.slice(2)
  if (what !== 'verify' || file === undefined)
    throw new Error(`got ${what ?? 'nothing'}, expected: npm run -s drill -- verify FILE`)
  const verdict = await verify(file).catch((error: Error) => {
    throw new Error(`${file}: ${error.message}`, { cause: error })
  })
  const { isTrue, claimed, came, refused } = verdict
  for (const line of refused) console.error(`drill: ${line}`)
  console.log(JSON.stringify({ isTrue, claimed, came, saved: savedOf(came), refused }))
  process.exitCode = isTrue ? 0 : 1
} catch (error) {
  console.error(`drill: ${(error as Error).message}`)
  process.exitCode = 1
}
