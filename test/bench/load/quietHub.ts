/** A hub without a city behind it: it streams what it is given, and takes nothing else. */
import type { Server } from 'node:http'
import { Doorkeeper } from '../../../server/access/doorkeeper.ts'
import { Hub } from '../../../server/hub/hub.ts'

export function makeQuietHub(http: Server): Hub {
  const doors = { isOpen: false, trustedProxies: 0, base: '', socketsPerAddress: Infinity }
  const nothing = () => undefined
  const nobody = () => Promise.reject(new Error('there is no city here'))
  return new Hub(http, new Doorkeeper(doors, undefined, nothing), {
    welcome: nothing,
    fileRequest: nobody,
    comment: nobody,
    acknowledge: nobody,
    handleAlarm: nobody,
    actAtDesk: nobody,
    exercise: nobody,
    saveScenario: nobody,
    startScenario: () => '',
    startEnsemble: () => '',
    respond: () => '',
    drill: () => Promise.resolve(''),
    stopEnsemble: nothing,
    askPreliminary: nobody,
    ensemblePlaces: () => ({ pairs: 0, deflated: '' }),
    playStory: () => '',
    stopScenario: nothing,
    isAlarmUp: () => false,
    keepWall: nothing,
    left: nothing,
  })
}
