/** How late a bus is, in words. */
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { ON_TIME_S } from './busCounts.ts'

/** «3 min late», «on time», «1 min early». */
export function delayText(delayS: number): string {
  if (Math.abs(delayS) < ON_TIME_S) return say('transit.onTime')
  const time = formatDuration(Math.abs(delayS))
  return delayS > 0 ? say('transit.late', { time }) : say('transit.early', { time })
}
