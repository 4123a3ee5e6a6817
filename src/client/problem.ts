/** What a fagsystem is told beside its calls and subscriptions. */

/** What goes wrong without ending anything; for the fagsystem's own log. Never a value of a message. */
export type Problem =
  /** A subscription rejected or threw; it is called again after a pause. */
  | { readonly art: 'modtager-fejlede'; readonly messageId: string | undefined; readonly error: unknown }
  /** No answer of the adapter, or one that breaks its schema: it is put into the fejlkø. */
  | { readonly art: 'ulaeseligt-svar'; readonly messageId: string | undefined }
  /** As many answers as are held at a time have nobody who takes them: no more come until somebody does. */
  | { readonly art: 'ingen-modtager'; readonly antal: number }
  /** The connection failed or is blocked, as the broker module tells it. That it is sound (again) is no problem. */
  | { readonly art: 'forbindelse'; readonly event: string; readonly aarsag: string | undefined };
