/** Commands of a scenario on single domains, and how rows stand in a city that nobody edited. */
import type { Command } from '../../commands.ts'
import { domainOfKnob, knobSpecs } from '../../knobs.ts'
import type { Power } from '../../power/power.ts'
import type { powerKnobs } from '../../power/knobs.ts'
import type { trafficKnobs } from '../../traffic/knobs.ts'
import type { Traffic } from '../../traffic/traffic.ts'
import { commandOf, isSwitch, type Setting, type Target } from '../setting.ts'
import { scheduleOf } from '../schedule.ts'

/** How a row of `target` stands when nobody edited it. */
export function standingOf(target: Target): number {
  return isSwitch(target) ? 0 : knobSpecs[target].neutral
}

/** Does to power what a command says; nothing when it is of another domain. */
export function turnPower(power: Power, command: Command): void {
  if (command.kind === 'setBreakerOpen') power.setBreakerOpen(command.breaker, command.isOpen)
  else if (command.kind === 'setSubstationInService')
    power.setSubstationInService(command.substation, command.isInService)
  else if (command.kind === 'turn' && domainOfKnob[command.knob] === 'power')
    power.turn(command.knob as keyof typeof powerKnobs, command.row, command.value)
}

/** Does to traffic what a command says; nothing when it is of another domain. */
function turnTraffic(traffic: Traffic, command: Command): void {
  if (command.kind === 'setLinkClosed') traffic.setLinkClosed(command.link, command.isClosed)
  else if (command.kind === 'turn' && domainOfKnob[command.knob] === 'traffic')
    traffic.turn(command.knob as keyof typeof trafficKnobs, command.row, command.value)
}

/** Puts the streets of `traffic`, where nobody drives, as `settings` make them together, calls `look`, and puts them back. */
export function withSettings<T>(traffic: Traffic, settings: readonly Setting[], look: () => T): T {
  const always = settings.map((setting) => ({ ...setting, fromS: 0, untilS: Infinity }))
  const commands = scheduleOf(always, standingOf).map(({ command }) => command)
  for (const command of commands) turnTraffic(traffic, command)
  settle(traffic)
  try {
    return look()
  } finally {
    for (const { target, row } of always) turnTraffic(traffic, commandOf(target, row, standingOf(target)))
    settle(traffic)
  }
}

/** Traffic takes note of its knobs at the beginning of a step; one of no time moves nobody. */
function settle(traffic: Traffic): void {
  traffic.step({ tick: 0, startMs: 0, utcOffsetS: 0 })
}
