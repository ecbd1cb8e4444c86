/** Keeps one alarm quiet: for how long, and why. A shelf without an end or a reason is not to be had. */
import { useState } from 'react'
import type { City } from '../../../twin/city.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { formatDuration } from '../../language/format.ts'
import type { Alarm } from '../../shell/alarms.ts'
import { titleOfAlarm } from '../../shell/alarmThing.ts'
import { Dialog } from '../../shell/Dialog.tsx'

const SPANS_S = [900, 1800, 3600, 7200, 14_400, 28_800] as const

export interface ShelfDialogProps {
  readonly alarm: Alarm
  readonly city: City | undefined
  onShelve(forS: number, reason: string): void
  onClose(): void
}

export function ShelfDialog({ alarm, city, onShelve, onClose }: ShelfDialogProps) {
  const [forS, setForS] = useState<number>(SPANS_S[1])
  const [reason, setReason] = useState('')
  return (
    <Dialog title={sayDesk('desk.shelfTitle')} onClose={onClose}>
      {/* it closes the dialog itself, which gives the focus back */}
      <form method="dialog" className="stack" onSubmit={() => onShelve(forS, reason.trim())}>
        <p>
          <b>{titleOfAlarm(alarm, city)}</b>
        </p>
        <label>
          {sayDesk('desk.shelfHours')}
          <select value={forS} onChange={(event) => setForS(Number(event.target.value))}>
            {SPANS_S.map((spanS) => (
              <option key={spanS} value={spanS}>
                {formatDuration(spanS)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {sayDesk('desk.reason')}
          <input
            value={reason}
            maxLength={200}
            required
            pattern=".*\S.*"
            placeholder={sayDesk('desk.reasonHint')}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <button type="submit" className="strong" disabled={reason.trim() === ''}>
          {sayDesk('act.shelve')}
        </button>
      </form>
    </Dialog>
  )
}
