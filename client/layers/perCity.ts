/** What a layer derives from a city's static world, made once and kept as long as the city is. */
import type { City } from '../../twin/city.ts'

export function perCity<T>(make: (city: City) => T): (city: City) => T {
  const made = new WeakMap<City, T>()
  return (city) => {
    let value = made.get(city)
    if (value === undefined) {
      value = make(city)
      made.set(city, value)
    }
    return value
  }
}
