/** A vector tile as its specification describes it, read without the library that writes ours. */
export interface DecodedLayer {
  extent: number
  features: { id: number; type: number; tags: string[]; rings: [number, number][][] }[]
}

const VARINT = 0

export function decodeTile(bytes: Uint8Array): Map<string, DecodedLayer> {
  const layers = new Map<string, DecodedLayer>()
  for (const [field, value] of fieldsOf(bytes))
    if (field === 3 && value instanceof Uint8Array) {
      const [name, layer] = layerOf(value)
      layers.set(name, layer)
    }
  return layers
}

function layerOf(bytes: Uint8Array): [string, DecodedLayer] {
  let name = ''
  const keys: string[] = []
  const layer: DecodedLayer = { extent: 4096, features: [] }
  const raw: Uint8Array[] = []
  for (const [field, value] of fieldsOf(bytes)) {
    if (typeof value === 'number') {
      if (field === 5) layer.extent = value
    } else if (field === 1) name = new TextDecoder().decode(value)
    else if (field === 2) raw.push(value)
    else if (field === 3) keys.push(new TextDecoder().decode(value))
  }
  for (const feature of raw) {
    const made = { id: -1, type: 0, tags: [] as string[], rings: [] as [number, number][][] }
    for (const [field, value] of fieldsOf(feature)) {
      if (typeof value === 'number') {
        if (field === 1) made.id = value
        if (field === 3) made.type = value
      } else if (field === 2)
        made.tags = [...varints(value)].filter((_, i) => i % 2 === 0).map((key) => keys[key] ?? '')
      else if (field === 4) made.rings = ringsOf([...varints(value)])
    }
    layer.features.push(made)
  }
  return [name, layer]
}

function ringsOf(commands: readonly number[]): [number, number][][] {
  const rings: [number, number][][] = []
  const signed = (value: number) => (value >>> 1) ^ -(value & 1)
  let [x, y] = [0, 0]
  for (let i = 0; i < commands.length; ) {
    const head = commands[i++] ?? 0
    const [command, count] = [head & 7, head >>> 3]
    if (command === 7) {
      const ring = rings.at(-1)
      const [first] = ring ?? []
      if (ring && first) ring.push([...first])
      continue
    }
    for (let n = 0; n < count; n++) {
      x += signed(commands[i++] ?? 0)
      y += signed(commands[i++] ?? 0)
      if (command === 1) rings.push([])
      rings.at(-1)?.push([x, y])
    }
  }
  return rings
}

function* fieldsOf(bytes: Uint8Array): Generator<[field: number, value: number | Uint8Array]> {
  const at = { offset: 0 }
  while (at.offset < bytes.length) {
    const head = varint(bytes, at)
    const value = varint(bytes, at)
    if ((head & 7) === VARINT) yield [head >>> 3, value]
    else {
      yield [head >>> 3, bytes.subarray(at.offset, at.offset + value)]
      at.offset += value
    }
  }
}

function* varints(bytes: Uint8Array) {
  const at = { offset: 0 }
  while (at.offset < bytes.length) yield varint(bytes, at)
}

function varint(bytes: Uint8Array, at: { offset: number }): number {
  let [value, shift] = [0, 1]
  for (;;) {
    const byte = bytes[at.offset++] ?? 0
    value += (byte & 127) * shift
    if (byte < 128) return value
    shift *= 128
  }
}
