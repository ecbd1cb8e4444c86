/** What the drawings say, in the reader's language. Comes with them: a page without a drawing never fetches it. */
import { enCharts } from './enCharts.ts'
import { esCharts } from './esCharts.ts'
import { currentLanguage, fill } from './language.ts'

export type ChartKey = keyof typeof enCharts

/** The message with each {name} replaced by the value of that name. */
export function sayChart(key: ChartKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esCharts : enCharts)[key], values)
}
