/** The feeds of a list, for a city that may still be loading. */
import type { City } from '../twin/city.ts'
import { ConfigError } from './config.ts'
import { utcOffsetS } from './loop/cityTime.ts'
import { readDeclarations } from './feeds/declaration.ts'
import { Feeds } from './feeds/feeds.ts'

/** Throws ConfigError with a sentence when the list cannot be. */
export async function openFeeds(file: string | undefined, city: () => City | undefined): Promise<Feeds> {
  const cityUtcOffsetS = () => {
    const zone = city()?.info.timeZone
    return zone === undefined ? 0 : utcOffsetS(zone, Date.now())
  }
  try {
    const declarations = file === undefined ? [] : await readDeclarations(file)
    return new Feeds({ declarations, env: process.env, cityUtcOffsetS })
  } catch (error) {
    throw new ConfigError(`CITYTWIN_FEEDS: ${(error as Error).message}`, { cause: error })
  }
}
