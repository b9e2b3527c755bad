/** Fields that a type names; the index signature of a loose one is left out. */
type Named<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] } & string

type Primitive = string | number | boolean | bigint | null | undefined

/** Enumerations of numbers count as the numbers they name. */
type IsOneOf<Published, Promised> = [Published] extends [Promised]
  ? true
  : `${Published & number}` extends `${Promised & number}`
    ? Published extends number
      ? true
      : false
    : false

type Joined<Path extends string, Name extends string> = Path extends '' ? Name : `${Path}.${Name}`

/** Each member of a union of published types must have what the contract promises. */
type GapsOfObject<Published, Promised, Path extends string> = Published extends unknown
  ? {
      [Name in Named<Promised>]-?: Name extends keyof Published
        ? Gaps<Published[Name], Promised[Name], Joined<Path, Name>>
        : undefined extends Promised[Name]
          ? never
          : Joined<Path, Name>
    }[Named<Promised>]
  : never

/**
 * Paths of the fields of a contract whose published type is missing or another one. Whether a field may be absent or null is not
 * compared: packages publish most fields as optional.
 */
export type Gaps<Published, Promised, Path extends string = ''> = [unknown] extends [Promised]
  ? never
  : [NonNullable<Promised>] extends [Primitive]
    ? IsOneOf<NonNullable<Published>, NonNullable<Promised>> extends true
      ? never
      : Path
    : NonNullable<Promised> extends readonly (infer PromisedItem)[]
      ? NonNullable<Published> extends readonly (infer PublishedItem)[]
        ? Gaps<PublishedItem, PromisedItem, `${Path}[]`>
        : Path
      : GapsOfObject<NonNullable<Published>, NonNullable<Promised>, Path>

/** `true` where two unions of paths are the same, else no value can be of it, and the types do not compile. */
export type Exactly<Found, Known> = [Found] extends [Known] ? ([Known] extends [Found] ? true : never) : never
