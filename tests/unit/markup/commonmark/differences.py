"""The examples of CommonMark that this portal shows otherwise, on purpose, and why."""

REASONS = {
    "A line across the page says nothing; sections have headings.": (
        *(
            11,
            43,
            47,
            50,
            51,
            52,
            53,
            54,
            57,
            58,
            60,
            61,
            77,
            85,
            88,
            92,
            94,
            96,
            98,
            99,
            100,
            101,
            104,
            105,
            115,
            234,
            246,
        ),
    ),
    "A heading or an item without words says nothing.": (79, 280, 281, 282, 283, 284, 315),
    "Items have paragraphs where one of them holds several blocks, whatever blank lines stand.": (
        *(109, 175, 278, 306, 307, 311, 313, 314, 318, 319, 320, 321, 326),
    ),
    "Neighbouring lists of one kind are one list: a list of steps is counted through.": (
        *(301, 302, 308),
    ),
    "A heading inside an item is a line in bold type: steps are no parts of the page.": (300,),
    "A definition that nothing refers to is a text: a line of a log looks the same.": (
        *(204, 207, 208, 210, 317, 537, 538, 544, 545, 563, 565, 567, 571, 592),
    ),
    "A tag that HTML does not know, or that is never closed, is a placeholder: it is shown.": (
        *(150, 156, 157, 158, 163, 165, 173, 201, 491, 494, 524, 536, 613, 614, 615, 617, 623),
    ),
    "Declarations and instructions for a processor are shown: they are no HTML of a page.": (
        *(180, 181, 182, 627, 628, 629),
    ),
    "An address with a scheme that no link may have is shown in its brackets.": (
        *(596, 598, 599, 601),
    ),
    "Bare addresses are links (an extension of GFM).": (608, 611, 612),
}
