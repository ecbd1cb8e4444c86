/** What the planner's face says of scenarios, in the reader's language. Comes with that face: the others never fetch it. */
import { enPlan } from './enPlan.ts'
import { esPlan } from './esPlan.ts'
import { currentLanguage, fill } from './language.ts'

export type PlanKey = keyof typeof enPlan

/** The message with each {name} replaced by the value of that name. */
export function sayPlan(key: PlanKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esPlan : enPlan)[key], values)
}
