/** What a kind of alarm means, in the reader's language. */
import { alarmKinds, type AlarmKind, type AlarmKindId } from '../../twin/alarms/catalogue.ts'
import { esAlarms } from '../language/esAlarms.ts'
import { currentLanguage } from '../language/language.ts'

export type KindWords = Pick<AlarmKind, 'cause' | 'consequence' | 'action'>

const spanish: Readonly<Record<AlarmKindId, KindWords>> = esAlarms

/** What it is, what follows, and what its owner does. */
export function wordsOfKind(id: AlarmKindId): KindWords {
  if (currentLanguage() === 'es') return spanish[id]
  const { cause, consequence, action } = alarmKinds.find((kind) => kind.id === id)!
  return { cause, consequence, action }
}
