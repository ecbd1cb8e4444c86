/** What wall and desk say of alarms, in the reader's language. Comes with those faces: the others never fetch it. */
import { enDesk } from './enDesk.ts'
import { esDesk } from './esDesk.ts'
import { currentLanguage, fill } from './language.ts'

export type DeskKey = keyof typeof enDesk

/** The message with each {name} replaced by the value of that name. */
export function sayDesk(key: DeskKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esDesk : enDesk)[key], values)
}
