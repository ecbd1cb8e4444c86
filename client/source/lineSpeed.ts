/** How fast the line is, as far as what came over it tells: on a fast one, what the page needs next may travel beside the map. */

/** The city's files are here within a second, bytes a second. */
const FAST_BPS = 2_500_000
/** What is smaller comes in one go on any line, and tells its delay only. */
const LEAST_BYTES = 40_000

/** Of a `PerformanceResourceTiming`. */
export interface Fetched {
  /** 0 when it came from the browser's own store. */
  readonly transferSize: number
  readonly responseStart: number
  readonly responseEnd: number
}

/** Whether one of them came so fast; what came from the browser's own store tells nothing. */
export function isFast(fetched: readonly Fetched[]): boolean {
  return fetched.some(
    ({ transferSize, responseStart, responseEnd }) =>
      transferSize >= LEAST_BYTES && transferSize * 1000 >= FAST_BPS * (responseEnd - responseStart),
  )
}

/** Of the page's own line, as of now; never when its reader pays for bytes. */
export function isLineFast(): boolean {
  const { connection } = navigator as Navigator & { connection?: { readonly saveData?: boolean } }
  // the browser's entries of this type are of this kind
  return (
    !connection?.saveData && isFast(performance.getEntriesByType('resource') as PerformanceResourceTiming[])
  )
}
