/** What a language must have, given the reference: no key less, no key more. */
export type Like<T> = { readonly [K in keyof T]: T[K] extends string ? string : Like<T[K]> }

/** vue-i18n reads a dot in a key as a step into the tree. */
export type Underscored<S extends string> = S extends `${infer A}.${infer B}` ? `${A}_${B}` : S
