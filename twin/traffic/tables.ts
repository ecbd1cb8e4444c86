/** What traffic publishes: the state of each link, the plan of each vehicle, the mode of each signal. */
import { simulatedFrom } from '../kernel/provenance.ts'
import { real, tableSpec, tickColumn, whole } from '../kernel/table.ts'

// Trips between the zones, driven on the network.
const driven = simulatedFrom('network', 'zones')

/** One row per link, in the order of the network. */
export const linkTable = tableSpec('traffic.links', driven, {
  speedMps: real(0.25), // space-mean speed of the last minutes; the free speed on an empty link
  flowVph: real(20), // vehicles leaving per hour, smoothed
  queueM: real(5), // standing queue, back from the stop line, mean of the lanes
  vehicles: whole('u16'),
  isClosed: whole('u8'),
})

/** `link` of a row whose vehicle has left. */
export const NO_LINK = 0xffffffff
export const vehicleKinds = ['car', 'truck', 'bus'] as const

/**
 * One row per vehicle slot, reused after the vehicle has left. A vehicle travels as a plan: it is at the start of `link` at
 * `entryTick`, drives at this hour's driving speed until `stopM` before the end, waits, and leaves at `exitTick`. A plan put
 * right on the way begins as if the vehicle had driven without a stand to where the model has it, so `entryTick` is later than
 * when it came onto the link.
 */
export const vehicleTable = tableSpec('traffic.vehicles', driven, {
  link: whole('u32'),
  lane: whole('u8'), // 0 is the lane next to the kerb
  kind: whole('u8'), // index into vehicleKinds
  entryTick: tickColumn(),
  exitTick: tickColumn(),
  stopM: real(1), // distance from the end of the link where it joins the queue
})

export const signalModes = ['normal', 'dark'] as const

/** One row per signal; in normal mode the stages follow the fixed plan of `signals.ts`. */
export const signalTable = tableSpec('traffic.signals', simulatedFrom('network', 'grid'), {
  mode: whole('u8'), // index into signalModes
})
