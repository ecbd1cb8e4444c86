/** What a drill is played on: where it begins in a city on disk, and two twins of that moment. */
import type { City } from '../../../twin/city.ts'
import { MODEL_VERSION } from '../../../twin/scenario/document.ts'
import { beginOf, beginText, type DrillBase } from '../../../twin/scenario/drill/document.ts'
import type { DrillTwins } from '../../../twin/scenario/drill/game.ts'
import { DRILL_AT_S, DRILL_DATE, SOLVE_EVERY_S } from '../../../twin/scenario/drill/rules.ts'
import { createTwin } from '../../../twin/twin.ts'
import { dataVersion, type CityFolder } from '../cityFolder.ts'
import { utcOffsetS } from '../cityTime.ts'
import { warmTwin } from '../makeTwin.ts'

/** The evening of everybody's game in a city. */
export function baseOf(folder: CityFolder): DrillBase {
  const { id, seed, timeZone } = folder.info
  const offsetS = utcOffsetS(timeZone, Date.parse(`${DRILL_DATE}T12:00:00Z`))
  return {
    city: id,
    data: dataVersion(folder),
    model: MODEL_VERSION,
    seed,
    begin: beginText(DRILL_DATE, DRILL_AT_S, offsetS),
  }
}

export async function twinsOf(city: City, folder: CityFolder, base: DrillBase): Promise<DrillTwins> {
  const options = { ...beginOf(base), seed: base.seed, solveEveryS: SOLVE_EVERY_S }
  const played = await warmTwin(city, folder.folder, options)
  // a warm twin's clock began before the moment that was asked for
  const other = createTwin(city, { ...options, startMs: played.clock.startMs })
  other.load(played.save())
  return { base: other, played }
}
