/** What became of alarms, the newest first, with the city's time. */
import { alarmKinds } from '../../../twin/alarms/catalogue.ts'
import { alarmActs, alarmJournalTable } from '../../../twin/alarms/tables.ts'
import type { City } from '../../../twin/city.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { formatClock } from '../../language/format.ts'
import { titleOfAlarm } from '../../shell/alarmThing.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

const SHOWN = 60

export function Journal({ city }: { city: City | undefined }) {
  const { live } = useShell()
  const clock = useStore(live.store, (state) => state.clock)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const { kind, act, source, sources, tick } = live.mirror.table(alarmJournalTable).columns
  const entries = Array.from(act.keys())
    .filter((row) => act[row] !== 0 && alarmKinds[kind[row]] !== undefined)
    .sort((a, b) => tick[b] - tick[a] || b - a)
    .slice(0, SHOWN)
  return (
    <>
      <h2>{sayDesk('desk.journal')}</h2>
      {entries.length === 0 && <p className="quiet">{sayDesk('desk.journalNone')}</p>}
      <ol className="plain entries events">
        {clock &&
          timeZone &&
          entries.map((row) => (
            <li key={`${row}:${tick[row]}`}>
              <div className="entry">
                <time>
                  {formatClock(
                    clock.timeMs + ((tick[row] - clock.tick) * 1000) / TICKS_PER_S,
                    timeZone,
                    true,
                  )}
                </time>
                <span>
                  {titleOfAlarm(
                    { kind: alarmKinds[kind[row]], source: source[row], sources: sources[row] },
                    city,
                  )}
                  : {sayDesk(`act.${alarmActs[act[row]]}`)}
                </span>
              </div>
            </li>
          ))}
      </ol>
    </>
  )
}
