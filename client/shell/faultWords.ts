/** Why what was asked does not come: in the reader's language where others have run as many already, else in the sentence that came. */
import type { Fault } from '../../twin/protocol/messages.ts'
import { say } from '../language/language.ts'

export function whyOf({ error, busy }: Fault): string {
  return busy === undefined ? error : say(`busy.${busy}`)
}
