/** Makes a new alarm known to an operator who looks elsewhere: by the title of the page, and by a sound where he wants one. */
import { useEffect, useRef, useState } from 'react'
import { sayDesk } from '../../language/deskWords.ts'
import { say } from '../../language/language.ts'
import type { Alarm } from '../../shell/alarms.ts'
import { deviceKeep } from '../../shell/outbox.ts'
import { beepsOf, newAlarms, waiting } from './newAlarms.ts'
import { keyOfAlarm } from './useChosen.ts'

const KEPT = 'citytwin.sound'
// A tone that carries through a room without a start, hertz; a beep and the silence after it, seconds.
const TONE_HZ = 880
const BEEP_S = 0.14
const PAUSE_S = 0.12
const LOUDNESS = 0.2

export interface Sound {
  readonly isOn: boolean
  /** By a hand: browsers let no page sound before one was on it. */
  turn(isOn: boolean): void
}

export function useAnnounce(alarms: readonly Alarm[], cityName: string | undefined, isLive: boolean): Sound {
  const [isOn, setOn] = useState(() => deviceKeep()?.getItem(KEPT) === 'on')
  const audio = useRef<AudioContext>(undefined)
  const before = useRef<ReadonlySet<string>>(undefined)
  const count = waiting(alarms).length
  useEffect(() => {
    const title = [cityName, say('face.desk'), say('app.name')].filter((words) => words !== undefined)
    document.title = (count > 0 ? `${sayDesk('desk.titleMark', { n: count })} ` : '') + title.join(' · ')
  }, [count, cityName])
  useEffect(() => {
    // what was up when the page came is no news, nor is what a replay shows
    if (isLive && before.current !== undefined && isOn) {
      const beeps = beepsOf(newAlarms(before.current, alarms))
      if (beeps > 0) sound((audio.current ??= new AudioContext()), beeps)
    }
    if (isLive) before.current = new Set(waiting(alarms).map(keyOfAlarm))
  }, [alarms, isLive, isOn])
  return {
    isOn,
    turn(next) {
      setOn(next)
      deviceKeep()?.setItem(KEPT, next ? 'on' : 'off')
      // heard at once, so that its loudness can be set
      if (next) sound((audio.current ??= new AudioContext()), 1)
    },
  }
}

function sound(audio: AudioContext, beeps: number): void {
  void audio.resume()
  for (let i = 0; i < beeps; i++) {
    const fromS = audio.currentTime + i * (BEEP_S + PAUSE_S)
    const tone = new OscillatorNode(audio, { frequency: TONE_HZ })
    const gain = new GainNode(audio, { gain: 0 })
    // without a click at either end
    gain.gain.setValueAtTime(0, fromS)
    gain.gain.linearRampToValueAtTime(LOUDNESS, fromS + 0.01)
    gain.gain.setValueAtTime(LOUDNESS, fromS + BEEP_S - 0.02)
    gain.gain.linearRampToValueAtTime(0, fromS + BEEP_S)
    tone.connect(gain).connect(audio.destination)
    tone.start(fromS)
    tone.stop(fromS + BEEP_S)
  }
}
