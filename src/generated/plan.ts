// Generated from schemas/ by scripts/generate.ts. Do not edit: change the schemas and run it again.
import type { MessageTypes } from './messages.ts';

/** Character data. */
export interface TextContent {
  readonly art: 'text';
  /** White space is kept as sent; elsewhere it is collapsed. */
  readonly preserve?: true;
  /** Normalised to lower case (UUIDs). */
  readonly lowercase?: true;
  /** Text for people: what XML cannot hold is replaced when it is written, and is an error elsewhere. */
  readonly freeText?: true;
  /** What the value must be, in Danish; for a pattern or a format. */
  readonly krav?: string;
}

/** Any content; read over and not kept. */
export interface AnyContent {
  readonly art: 'any';
}

/** Child elements, in the order that the schema demands. */
export interface ElementsData {
  readonly art: 'elements';
  readonly children: readonly ElementData[];
  /** The children come in any order (xs:all). */
  readonly anyOrder?: true;
  /** The keys of the children of which there must be exactly one. */
  readonly choice?: readonly string[];
}

/** One element. */
export interface ElementData {
  /** The property in the document: the local name in ASCII, which is also the transliterated spelling. */
  readonly key: string;
  /** The local name with æ, ø and å. */
  readonly name: string;
  readonly namespace: 'dka' | 'k' | 'kv' | 'skat' | 'sk';
  /** It may be repeated; its property is an array. */
  readonly many?: true;
  /** The version of the messages that it came with; absent for the first. */
  readonly since?: '1.1';
  readonly content: TextContent | AnyContent | ElementsData;
}

/** One root element. */
export interface RootData extends ElementData {
  readonly stem: keyof MessageTypes;
  /** Attributes that the root may have, apart from those of XML Schema itself. */
  readonly attributes: readonly string[];
  readonly content: ElementsData;
}

/** Every root element, and how its message stands in XML. */
export const ROOTS: readonly RootData[] = [
  {
    "stem": "debitorkonto-anmodning-afsend-i",
    "key": "DebitorkontoAnmodningAfsend_I",
    "name": "DebitorkontoAnmodningAfsend_I",
    "namespace": "dka",
    "attributes": [],
    "content": {
      "art": "elements",
      "choice": [
        "DebitorkontoHandling",
        "FordringHandling",
        "DebitorkontiHandling",
        "FordringerMellemDebitorkontiHandling"
      ],
      "children": [
        {
          "key": "HovedOplysninger",
          "name": "HovedOplysninger",
          "namespace": "k",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "TransaktionsId",
                "name": "TransaktionsId",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "TransaktionsTid",
                "name": "TransaktionsTid",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
                }
              },
              {
                "key": "RequestId",
                "name": "RequestId",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "lowercase": true,
                  "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                }
              },
              {
                "key": "OnBehalfOfUser",
                "name": "OnBehalfOfUser",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "CallersServiceCallIdentifier",
                "name": "CallersServiceCallIdentifier",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "AccountingInfo",
                "name": "AccountingInfo",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "AuthorityContext",
                "name": "AuthorityContext",
                "namespace": "k",
                "content": {
                  "art": "elements",
                  "anyOrder": true,
                  "children": [
                    {
                      "key": "MunicipalityCVR",
                      "name": "MunicipalityCVR",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "krav": "skal være et CVR-nummer med 8 cifre"
                      }
                    }
                  ]
                }
              },
              {
                "key": "Rute",
                "name": "Rute",
                "namespace": "k",
                "content": {
                  "art": "elements",
                  "anyOrder": true,
                  "children": [
                    {
                      "key": "AfsenderOrganisation",
                      "name": "AfsenderOrganisation",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "krav": "skal være et CVR-nummer med 8 cifre"
                      }
                    },
                    {
                      "key": "AfsenderItSystemInstans",
                      "name": "AfsenderItSystemInstans",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "lowercase": true,
                        "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                      }
                    },
                    {
                      "key": "ModtagerOrganisation",
                      "name": "ModtagerOrganisation",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "krav": "skal være et CVR-nummer med 8 cifre"
                      }
                    },
                    {
                      "key": "ModtagerItSystemInstans",
                      "name": "ModtagerItSystemInstans",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "lowercase": true,
                        "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                      }
                    }
                  ]
                }
              },
              {
                "key": "Processing",
                "name": "Processing",
                "namespace": "k",
                "many": true,
                "content": {
                  "art": "any"
                }
              }
            ]
          }
        },
        {
          "key": "AnmodningIdentifikator",
          "name": "AnmodningIdentifikator",
          "namespace": "dka",
          "content": {
            "art": "text",
            "lowercase": true,
            "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
          }
        },
        {
          "key": "HandlingTypeKode",
          "name": "HandlingTypeKode",
          "namespace": "dka",
          "content": {
            "art": "text"
          }
        },
        {
          "key": "HandlingParametre",
          "name": "HandlingParametre",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "VirkningDato",
                "name": "VirkningDato",
                "namespace": "dka",
                "content": {
                  "art": "text",
                  "krav": "skal være en dato, der findes, på formen ÅÅÅÅ-MM-DD, eventuelt med tidszone"
                }
              },
              {
                "key": "Beloeb",
                "name": "Beloeb",
                "namespace": "dka",
                "content": {
                  "art": "text",
                  "krav": "skal være et decimaltal med punktum, ikke komma, højst 11 cifre før det og 2 efter, fx 1250.50"
                }
              },
              {
                "key": "ValutaOplysningKode",
                "name": "ValutaOplysningKode",
                "namespace": "dka",
                "content": {
                  "art": "text",
                  "krav": "skal være en valutakode på 2 eller 3 store bogstaver"
                }
              },
              {
                "key": "AarsagKode",
                "name": "AarsagKode",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "AarsagTekst",
                "name": "AarsagTekst",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "SagIdentifikator",
                "name": "SagIdentifikator",
                "namespace": "dka",
                "since": "1.1",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "Parameter",
                "name": "Parameter",
                "namespace": "dka",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "Navn",
                      "name": "Navn",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "Vaerdi",
                      "name": "Vaerdi",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "DebitorkontoHandling",
          "name": "DebitorkontoHandling",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "DebitorkontoIdentifikator",
                "name": "DebitorkontoIdentifikator",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "ObjektTypeKode",
                "name": "ObjektTypeKode",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              }
            ]
          }
        },
        {
          "key": "FordringHandling",
          "name": "FordringHandling",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "DebitorkontoIdentifikator",
                "name": "DebitorkontoIdentifikator",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "FordringListe",
                "name": "FordringListe",
                "namespace": "dka",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "FordringIdentifikator",
                      "name": "FordringIdentifikator",
                      "namespace": "dka",
                      "many": true,
                      "content": {
                        "art": "text"
                      }
                    }
                  ]
                }
              },
              {
                "key": "ObjektTypeKode",
                "name": "ObjektTypeKode",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              }
            ]
          }
        },
        {
          "key": "DebitorkontiHandling",
          "name": "DebitorkontiHandling",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "Fra",
                "name": "Fra",
                "namespace": "dka",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "DebitorkontoIdentifikator",
                      "name": "DebitorkontoIdentifikator",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    }
                  ]
                }
              },
              {
                "key": "Til",
                "name": "Til",
                "namespace": "dka",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "DebitorkontoIdentifikator",
                      "name": "DebitorkontoIdentifikator",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    }
                  ]
                }
              },
              {
                "key": "ObjektTypeKode",
                "name": "ObjektTypeKode",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              }
            ]
          }
        },
        {
          "key": "FordringerMellemDebitorkontiHandling",
          "name": "FordringerMellemDebitorkontiHandling",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "Fra",
                "name": "Fra",
                "namespace": "dka",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "DebitorkontoIdentifikator",
                      "name": "DebitorkontoIdentifikator",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "FordringListe",
                      "name": "FordringListe",
                      "namespace": "dka",
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "FordringIdentifikator",
                            "name": "FordringIdentifikator",
                            "namespace": "dka",
                            "many": true,
                            "content": {
                              "art": "text"
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              },
              {
                "key": "Til",
                "name": "Til",
                "namespace": "dka",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "DebitorkontoIdentifikator",
                      "name": "DebitorkontoIdentifikator",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "FordringListe",
                      "name": "FordringListe",
                      "namespace": "dka",
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "FordringIdentifikator",
                            "name": "FordringIdentifikator",
                            "namespace": "dka",
                            "many": true,
                            "content": {
                              "art": "text"
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              },
              {
                "key": "ObjektTypeKode",
                "name": "ObjektTypeKode",
                "namespace": "dka",
                "content": {
                  "art": "text"
                }
              }
            ]
          }
        }
      ]
    }
  },
  {
    "stem": "debitorkonto-anmodning-afsend-o",
    "key": "DebitorkontoAnmodningAfsend_O",
    "name": "DebitorkontoAnmodningAfsend_O",
    "namespace": "dka",
    "attributes": [],
    "content": {
      "art": "elements",
      "children": [
        {
          "key": "HovedOplysningerSvar",
          "name": "HovedOplysningerSvar",
          "namespace": "k",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "TransaktionsId",
                "name": "TransaktionsId",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "TransaktionsTid",
                "name": "TransaktionsTid",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
                }
              },
              {
                "key": "RequestId",
                "name": "RequestId",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "lowercase": true,
                  "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                }
              },
              {
                "key": "SvarReaktion",
                "name": "SvarReaktion",
                "namespace": "k",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "Advis",
                      "name": "Advis",
                      "namespace": "k",
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "AdvisId",
                            "name": "AdvisId",
                            "namespace": "k",
                            "content": {
                              "art": "text"
                            }
                          },
                          {
                            "key": "AdvisTekst",
                            "name": "AdvisTekst",
                            "namespace": "k",
                            "content": {
                              "art": "text",
                              "freeText": true
                            }
                          },
                          {
                            "key": "KildeId",
                            "name": "KildeId",
                            "namespace": "k",
                            "content": {
                              "art": "text"
                            }
                          },
                          {
                            "key": "Identifikation",
                            "name": "Identifikation",
                            "namespace": "k",
                            "many": true,
                            "content": {
                              "art": "any"
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "AnmodningIdentifikator",
          "name": "AnmodningIdentifikator",
          "namespace": "dka",
          "content": {
            "art": "text",
            "lowercase": true,
            "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
          }
        },
        {
          "key": "Forretningskvittering",
          "name": "Forretningskvittering",
          "namespace": "kv",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "ForretningsValideringsKode",
                "name": "ForretningsValideringsKode",
                "namespace": "kv",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "Begrundelse",
                "name": "Begrundelse",
                "namespace": "kv",
                "content": {
                  "art": "text",
                  "freeText": true
                }
              },
              {
                "key": "FejlListe",
                "name": "FejlListe",
                "namespace": "kv",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "Fejl",
                      "name": "Fejl",
                      "namespace": "kv",
                      "many": true,
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "FejlKode",
                            "name": "FejlKode",
                            "namespace": "kv",
                            "content": {
                              "art": "text",
                              "freeText": true
                            }
                          },
                          {
                            "key": "FejlTekst",
                            "name": "FejlTekst",
                            "namespace": "kv",
                            "content": {
                              "art": "text",
                              "freeText": true
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "HandlingResultat",
          "name": "HandlingResultat",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "DebitorsystemReference",
                "name": "DebitorsystemReference",
                "namespace": "dka",
                "content": {
                  "art": "text",
                  "freeText": true
                }
              },
              {
                "key": "FordringResultat",
                "name": "FordringResultat",
                "namespace": "dka",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "FordringIdentifikator",
                      "name": "FordringIdentifikator",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "ResultatKode",
                      "name": "ResultatKode",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "Beloeb",
                      "name": "Beloeb",
                      "namespace": "dka",
                      "content": {
                        "art": "text",
                        "krav": "skal være et decimaltal med punktum, ikke komma, højst 11 cifre før det og 2 efter, fx 1250.50"
                      }
                    },
                    {
                      "key": "FejlListe",
                      "name": "FejlListe",
                      "namespace": "dka",
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "Fejl",
                            "name": "Fejl",
                            "namespace": "kv",
                            "many": true,
                            "content": {
                              "art": "elements",
                              "children": [
                                {
                                  "key": "FejlKode",
                                  "name": "FejlKode",
                                  "namespace": "kv",
                                  "content": {
                                    "art": "text",
                                    "freeText": true
                                  }
                                },
                                {
                                  "key": "FejlTekst",
                                  "name": "FejlTekst",
                                  "namespace": "kv",
                                  "content": {
                                    "art": "text",
                                    "freeText": true
                                  }
                                }
                              ]
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "ForventetSvarDato",
          "name": "ForventetSvarDato",
          "namespace": "dka",
          "content": {
            "art": "text",
            "krav": "skal være en dato, der findes, på formen ÅÅÅÅ-MM-DD, eventuelt med tidszone"
          }
        }
      ]
    }
  },
  {
    "stem": "debitorkonto-anmodning-svar-afsend-i",
    "key": "DebitorkontoAnmodningSvarAfsend_I",
    "name": "DebitorkontoAnmodningSvarAfsend_I",
    "namespace": "dka",
    "attributes": [],
    "content": {
      "art": "elements",
      "children": [
        {
          "key": "HovedOplysninger",
          "name": "HovedOplysninger",
          "namespace": "k",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "TransaktionsId",
                "name": "TransaktionsId",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "TransaktionsTid",
                "name": "TransaktionsTid",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
                }
              },
              {
                "key": "RequestId",
                "name": "RequestId",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "lowercase": true,
                  "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                }
              },
              {
                "key": "OnBehalfOfUser",
                "name": "OnBehalfOfUser",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "CallersServiceCallIdentifier",
                "name": "CallersServiceCallIdentifier",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "AccountingInfo",
                "name": "AccountingInfo",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "AuthorityContext",
                "name": "AuthorityContext",
                "namespace": "k",
                "content": {
                  "art": "elements",
                  "anyOrder": true,
                  "children": [
                    {
                      "key": "MunicipalityCVR",
                      "name": "MunicipalityCVR",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "krav": "skal være et CVR-nummer med 8 cifre"
                      }
                    }
                  ]
                }
              },
              {
                "key": "Rute",
                "name": "Rute",
                "namespace": "k",
                "content": {
                  "art": "elements",
                  "anyOrder": true,
                  "children": [
                    {
                      "key": "AfsenderOrganisation",
                      "name": "AfsenderOrganisation",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "krav": "skal være et CVR-nummer med 8 cifre"
                      }
                    },
                    {
                      "key": "AfsenderItSystemInstans",
                      "name": "AfsenderItSystemInstans",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "lowercase": true,
                        "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                      }
                    },
                    {
                      "key": "ModtagerOrganisation",
                      "name": "ModtagerOrganisation",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "krav": "skal være et CVR-nummer med 8 cifre"
                      }
                    },
                    {
                      "key": "ModtagerItSystemInstans",
                      "name": "ModtagerItSystemInstans",
                      "namespace": "k",
                      "content": {
                        "art": "text",
                        "lowercase": true,
                        "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                      }
                    }
                  ]
                }
              },
              {
                "key": "Processing",
                "name": "Processing",
                "namespace": "k",
                "many": true,
                "content": {
                  "art": "any"
                }
              }
            ]
          }
        },
        {
          "key": "AnmodningIdentifikator",
          "name": "AnmodningIdentifikator",
          "namespace": "dka",
          "content": {
            "art": "text",
            "lowercase": true,
            "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
          }
        },
        {
          "key": "HandlingTypeKode",
          "name": "HandlingTypeKode",
          "namespace": "dka",
          "content": {
            "art": "text"
          }
        },
        {
          "key": "SvarStatusKode",
          "name": "SvarStatusKode",
          "namespace": "dka",
          "content": {
            "art": "text"
          }
        },
        {
          "key": "SvarTid",
          "name": "SvarTid",
          "namespace": "dka",
          "content": {
            "art": "text",
            "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
          }
        },
        {
          "key": "Begrundelse",
          "name": "Begrundelse",
          "namespace": "dka",
          "content": {
            "art": "text",
            "freeText": true
          }
        },
        {
          "key": "HandlingResultat",
          "name": "HandlingResultat",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "DebitorsystemReference",
                "name": "DebitorsystemReference",
                "namespace": "dka",
                "content": {
                  "art": "text",
                  "freeText": true
                }
              },
              {
                "key": "FordringResultat",
                "name": "FordringResultat",
                "namespace": "dka",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "FordringIdentifikator",
                      "name": "FordringIdentifikator",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "ResultatKode",
                      "name": "ResultatKode",
                      "namespace": "dka",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "Beloeb",
                      "name": "Beloeb",
                      "namespace": "dka",
                      "content": {
                        "art": "text",
                        "krav": "skal være et decimaltal med punktum, ikke komma, højst 11 cifre før det og 2 efter, fx 1250.50"
                      }
                    },
                    {
                      "key": "FejlListe",
                      "name": "FejlListe",
                      "namespace": "dka",
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "Fejl",
                            "name": "Fejl",
                            "namespace": "kv",
                            "many": true,
                            "content": {
                              "art": "elements",
                              "children": [
                                {
                                  "key": "FejlKode",
                                  "name": "FejlKode",
                                  "namespace": "kv",
                                  "content": {
                                    "art": "text",
                                    "freeText": true
                                  }
                                },
                                {
                                  "key": "FejlTekst",
                                  "name": "FejlTekst",
                                  "namespace": "kv",
                                  "content": {
                                    "art": "text",
                                    "freeText": true
                                  }
                                }
                              ]
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "FejlListe",
          "name": "FejlListe",
          "namespace": "dka",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "Fejl",
                "name": "Fejl",
                "namespace": "kv",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "FejlKode",
                      "name": "FejlKode",
                      "namespace": "kv",
                      "content": {
                        "art": "text",
                        "freeText": true
                      }
                    },
                    {
                      "key": "FejlTekst",
                      "name": "FejlTekst",
                      "namespace": "kv",
                      "content": {
                        "art": "text",
                        "freeText": true
                      }
                    }
                  ]
                }
              }
            ]
          }
        }
      ]
    }
  },
  {
    "stem": "debitorkonto-anmodning-svar-afsend-o",
    "key": "DebitorkontoAnmodningSvarAfsend_O",
    "name": "DebitorkontoAnmodningSvarAfsend_O",
    "namespace": "dka",
    "attributes": [],
    "content": {
      "art": "elements",
      "children": [
        {
          "key": "HovedOplysningerSvar",
          "name": "HovedOplysningerSvar",
          "namespace": "k",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "TransaktionsId",
                "name": "TransaktionsId",
                "namespace": "k",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "TransaktionsTid",
                "name": "TransaktionsTid",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
                }
              },
              {
                "key": "RequestId",
                "name": "RequestId",
                "namespace": "k",
                "content": {
                  "art": "text",
                  "lowercase": true,
                  "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
                }
              },
              {
                "key": "SvarReaktion",
                "name": "SvarReaktion",
                "namespace": "k",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "Advis",
                      "name": "Advis",
                      "namespace": "k",
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "AdvisId",
                            "name": "AdvisId",
                            "namespace": "k",
                            "content": {
                              "art": "text"
                            }
                          },
                          {
                            "key": "AdvisTekst",
                            "name": "AdvisTekst",
                            "namespace": "k",
                            "content": {
                              "art": "text",
                              "freeText": true
                            }
                          },
                          {
                            "key": "KildeId",
                            "name": "KildeId",
                            "namespace": "k",
                            "content": {
                              "art": "text"
                            }
                          },
                          {
                            "key": "Identifikation",
                            "name": "Identifikation",
                            "namespace": "k",
                            "many": true,
                            "content": {
                              "art": "any"
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "AnmodningIdentifikator",
          "name": "AnmodningIdentifikator",
          "namespace": "dka",
          "content": {
            "art": "text",
            "lowercase": true,
            "krav": "skal være en UUID på formen 8-4-4-4-12 hexadecimale cifre"
          }
        },
        {
          "key": "Forretningskvittering",
          "name": "Forretningskvittering",
          "namespace": "kv",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "ForretningsValideringsKode",
                "name": "ForretningsValideringsKode",
                "namespace": "kv",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "Begrundelse",
                "name": "Begrundelse",
                "namespace": "kv",
                "content": {
                  "art": "text",
                  "freeText": true
                }
              },
              {
                "key": "FejlListe",
                "name": "FejlListe",
                "namespace": "kv",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "Fejl",
                      "name": "Fejl",
                      "namespace": "kv",
                      "many": true,
                      "content": {
                        "art": "elements",
                        "children": [
                          {
                            "key": "FejlKode",
                            "name": "FejlKode",
                            "namespace": "kv",
                            "content": {
                              "art": "text",
                              "freeText": true
                            }
                          },
                          {
                            "key": "FejlTekst",
                            "name": "FejlTekst",
                            "namespace": "kv",
                            "content": {
                              "art": "text",
                              "freeText": true
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        }
      ]
    }
  },
  {
    "stem": "opkraevning-kontant-indbetaling-opret-i",
    "key": "OpkraevningKontantIndbetalingOpret_I",
    "name": "OpkrævningKontantIndbetalingOpret_I",
    "namespace": "skat",
    "attributes": [
      "revision"
    ],
    "content": {
      "art": "elements",
      "children": [
        {
          "key": "Kontekst",
          "name": "Kontekst",
          "namespace": "skat",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "HovedOplysninger",
                "name": "HovedOplysninger",
                "namespace": "sk",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "TransaktionsID",
                      "name": "TransaktionsID",
                      "namespace": "sk",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "TransaktionsTid",
                      "name": "TransaktionsTid",
                      "namespace": "sk",
                      "content": {
                        "art": "text",
                        "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
                      }
                    }
                  ]
                }
              }
            ]
          }
        },
        {
          "key": "KundeIdentifikation",
          "name": "KundeIdentifikation",
          "namespace": "skat",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "KundeNummer",
                "name": "KundeNummer",
                "namespace": "skat",
                "content": {
                  "art": "text",
                  "krav": "skal være 8 til 11 cifre"
                }
              },
              {
                "key": "KundeType",
                "name": "KundeType",
                "namespace": "skat",
                "content": {
                  "art": "text"
                }
              }
            ]
          }
        },
        {
          "key": "OpkraevningIndbetalingOplysninger",
          "name": "OpkrævningIndbetalingOplysninger",
          "namespace": "skat",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "OpkraevningKontantIndbetalingType",
                "name": "OpkrævningKontantIndbetalingType",
                "namespace": "skat",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "OpkraevningIndbetalingBeloeb",
                "name": "OpkrævningIndbetalingBeløb",
                "namespace": "skat",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "ValutaOplysningKode",
                "name": "ValutaOplysningKode",
                "namespace": "skat",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "OpkraevningIndbetalingDato",
                "name": "OpkrævningIndbetalingDato",
                "namespace": "skat",
                "content": {
                  "art": "text",
                  "krav": "skal være en dato, der findes, på formen ÅÅÅÅ-MM-DD, eventuelt med tidszone"
                }
              }
            ]
          }
        },
        {
          "key": "OnlineOpkraevningIndbetaling",
          "name": "OnlineOpkrævningIndbetaling",
          "namespace": "skat",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "OpkraevningKontoIndbetalingEksternID",
                "name": "OpkrævningKontoIndbetalingEksternID",
                "namespace": "skat",
                "content": {
                  "art": "text"
                }
              },
              {
                "key": "OpkraevningIndbetalingSystem",
                "name": "OpkrævningIndbetalingSystem",
                "namespace": "skat",
                "content": {
                  "art": "text",
                  "preserve": true
                }
              }
            ]
          }
        }
      ]
    }
  },
  {
    "stem": "opkraevning-kontant-indbetaling-opret-o",
    "key": "OpkraevningKontantIndbetalingOpret_O",
    "name": "OpkrævningKontantIndbetalingOpret_O",
    "namespace": "skat",
    "attributes": [
      "revision"
    ],
    "content": {
      "art": "elements",
      "children": [
        {
          "key": "Kontekst",
          "name": "Kontekst",
          "namespace": "skat",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "HovedOplysningerSvar",
                "name": "HovedOplysningerSvar",
                "namespace": "sk",
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "TransaktionsID",
                      "name": "TransaktionsID",
                      "namespace": "sk",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "ServiceID",
                      "name": "ServiceID",
                      "namespace": "sk",
                      "content": {
                        "art": "text"
                      }
                    },
                    {
                      "key": "TransaktionsTid",
                      "name": "TransaktionsTid",
                      "namespace": "sk",
                      "content": {
                        "art": "text",
                        "krav": "skal være et tidspunkt, der findes, på formen ÅÅÅÅ-MM-DDTtt:mm:ss, eventuelt med 1 til 9 decimaler og tidszone"
                      }
                    },
                    {
                      "key": "SvarReaktion",
                      "name": "SvarReaktion",
                      "namespace": "sk",
                      "many": true,
                      "content": {
                        "art": "elements",
                        "choice": [
                          "Fejl",
                          "Advis"
                        ],
                        "children": [
                          {
                            "key": "Fejl",
                            "name": "Fejl",
                            "namespace": "sk",
                            "content": {
                              "art": "elements",
                              "children": [
                                {
                                  "key": "FejlNummer",
                                  "name": "FejlNummer",
                                  "namespace": "sk",
                                  "content": {
                                    "art": "text"
                                  }
                                },
                                {
                                  "key": "FejlTekst",
                                  "name": "FejlTekst",
                                  "namespace": "sk",
                                  "content": {
                                    "art": "text",
                                    "freeText": true
                                  }
                                },
                                {
                                  "key": "ServiceID",
                                  "name": "ServiceID",
                                  "namespace": "sk",
                                  "content": {
                                    "art": "text"
                                  }
                                },
                                {
                                  "key": "Identifikation",
                                  "name": "Identifikation",
                                  "namespace": "sk",
                                  "content": {
                                    "art": "elements",
                                    "children": [
                                      {
                                        "key": "OpkraevningKontantIndbetalingOpret_FejlId",
                                        "name": "OpkrævningKontantIndbetalingOpret_FejlId",
                                        "namespace": "skat",
                                        "content": {
                                          "art": "elements",
                                          "children": [
                                            {
                                              "key": "FejlIdentifikation",
                                              "name": "FejlIdentifikation",
                                              "namespace": "skat",
                                              "content": {
                                                "art": "elements",
                                                "children": [
                                                  {
                                                    "key": "OpkraevningFordringBeloeb",
                                                    "name": "OpkrævningFordringBeløb",
                                                    "namespace": "skat",
                                                    "content": {
                                                      "art": "text",
                                                      "krav": "skal være et decimaltal mellem -999999999999999 og 999999999999999 med højst 2 decimaler"
                                                    }
                                                  },
                                                  {
                                                    "key": "KundeType",
                                                    "name": "KundeType",
                                                    "namespace": "skat",
                                                    "content": {
                                                      "art": "text"
                                                    }
                                                  },
                                                  {
                                                    "key": "ValutaOplysningKode",
                                                    "name": "ValutaOplysningKode",
                                                    "namespace": "skat",
                                                    "content": {
                                                      "art": "text",
                                                      "krav": "skal være en valutakode på 2 eller 3 store bogstaver"
                                                    }
                                                  }
                                                ]
                                              }
                                            }
                                          ]
                                        }
                                      }
                                    ]
                                  }
                                }
                              ]
                            }
                          },
                          {
                            "key": "Advis",
                            "name": "Advis",
                            "namespace": "sk",
                            "content": {
                              "art": "elements",
                              "children": [
                                {
                                  "key": "AdvisNummer",
                                  "name": "AdvisNummer",
                                  "namespace": "sk",
                                  "content": {
                                    "art": "text"
                                  }
                                },
                                {
                                  "key": "AdvisTekst",
                                  "name": "AdvisTekst",
                                  "namespace": "sk",
                                  "content": {
                                    "art": "text",
                                    "freeText": true
                                  }
                                }
                              ]
                            }
                          }
                        ]
                      }
                    }
                  ]
                }
              }
            ]
          }
        }
      ]
    }
  },
  {
    "stem": "transport-kvittering",
    "key": "TransportKvittering",
    "name": "TransportKvittering",
    "namespace": "kv",
    "attributes": [],
    "content": {
      "art": "elements",
      "children": [
        {
          "key": "TransportValideringsKode",
          "name": "TransportValideringsKode",
          "namespace": "kv",
          "content": {
            "art": "text"
          }
        },
        {
          "key": "Begrundelse",
          "name": "Begrundelse",
          "namespace": "kv",
          "content": {
            "art": "text",
            "freeText": true
          }
        },
        {
          "key": "FejlListe",
          "name": "FejlListe",
          "namespace": "kv",
          "content": {
            "art": "elements",
            "children": [
              {
                "key": "Fejl",
                "name": "Fejl",
                "namespace": "kv",
                "many": true,
                "content": {
                  "art": "elements",
                  "children": [
                    {
                      "key": "FejlKode",
                      "name": "FejlKode",
                      "namespace": "kv",
                      "content": {
                        "art": "text",
                        "freeText": true
                      }
                    },
                    {
                      "key": "FejlTekst",
                      "name": "FejlTekst",
                      "namespace": "kv",
                      "content": {
                        "art": "text",
                        "freeText": true
                      }
                    }
                  ]
                }
              }
            ]
          }
        }
      ]
    }
  }
];
