//! A text made from another text, and the exact way back.

use crate::span::Span;

/// A stretch of derived text and where it comes from.
#[derive(Debug, Clone, Copy)]
struct MapSegment {
    /// The beginning of the stretch in the derived text.
    at: u32,
    /// Its origin in the text below.
    from: u32,
    /// The number of bytes of the origin.
    from_len: u32,
    /// True if it was copied byte for byte; if not, it stands for the bytes it comes from as a whole.
    copied: bool,
}

/// The segments of a text. Most are one segment, and there may be very many of them.
#[derive(Debug, Clone)]
enum MapSegments {
    One(MapSegment),
    Many(Vec<MapSegment>),
}

impl MapSegments {
    fn push(&mut self, segment: MapSegment) {
        match self {
            MapSegments::Many(segments) if segments.is_empty() => *self = MapSegments::One(segment),
            MapSegments::Many(segments) => segments.push(segment),
            MapSegments::One(first) => *self = MapSegments::Many(vec![*first, segment]),
        }
    }

    fn pop(&mut self) {
        match self {
            MapSegments::Many(segments) => _ = segments.pop(),
            MapSegments::One(_) => *self = MapSegments::Many(Vec::new()),
        }
    }

    fn last_mut(&mut self) -> Option<&mut MapSegment> {
        match self {
            MapSegments::Many(segments) => segments.last_mut(),
            MapSegments::One(segment) => Some(segment),
        }
    }

    fn shrink(&mut self) {
        match self {
            MapSegments::Many(segments) if segments.len() == 1 => *self = MapSegments::One(segments[0]),
            MapSegments::Many(segments) => segments.shrink_to_fit(),
            MapSegments::One(_) => {}
        }
    }
}

impl std::ops::Deref for MapSegments {
    type Target = [MapSegment];

    fn deref(&self) -> &[MapSegment] {
        match self {
            MapSegments::Many(segments) => segments,
            MapSegments::One(segment) => std::slice::from_ref(segment),
        }
    }
}

/// Text of the kind `This`, derived from text of the kind `Below`, with the map of every byte back to its origin.
///
/// Offsets are kept in 32 bits: a draft is limited to far less than 4 GiB (see [`crate::draft::MAX_BYTES`]).
#[derive(Debug, Clone)]
pub(crate) struct Derived<This, Below> {
    text: String,
    segments: MapSegments,
    kinds: std::marker::PhantomData<(This, Below)>,
}

impl<This, Below> Derived<This, Below> {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Derived {
            text: String::with_capacity(bytes),
            segments: MapSegments::Many(Vec::new()),
            kinds: std::marker::PhantomData,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds `text`, a copy of the bytes that begin at `from` in the text below.
    pub(crate) fn copy(&mut self, text: &str, from: usize) {
        self.copied(text.len(), from);
        self.text.push_str(text);
    }

    /// Adds ASCII `text`, lower-cased where asked, each byte of which stands for one byte from `from` on in the text below.
    pub(crate) fn copy_ascii(&mut self, text: &str, from: usize, lower: bool) {
        let at = self.text.len();
        self.copy(text, from);
        if lower {
            self.text[at..].make_ascii_lowercase();
        }
    }

    fn copied(&mut self, len: usize, from: usize) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.segments.last_mut()
            && last.copied
            && (last.from + last.from_len) as usize == from
        {
            last.from_len += len as u32;
            return;
        }
        self.segments.push(MapSegment {
            at: self.text.len() as u32,
            from: from as u32,
            from_len: len as u32,
            copied: true,
        });
    }

    /// Adds `text`, which stands for all of `from` in the text below and for no part of it.
    pub(crate) fn replace(&mut self, text: &str, from: Span<Below>) {
        if text.is_empty() {
            return;
        }
        self.segments.push(MapSegment {
            at: self.text.len() as u32,
            from: from.start() as u32,
            from_len: from.len() as u32,
            copied: false,
        });
        self.text.push_str(text);
    }

    /// Adds a stretch of another text that was derived from the same text below.
    pub(crate) fn copy_from(&mut self, other: &Self, span: Span<This>) {
        let mut at = span.start();
        while at < span.end() {
            let index = other.segments.partition_point(|segment| segment.at as usize <= at) - 1;
            let segment = other.segments[index];
            let end = other.segments.get(index + 1).map_or(other.text.len(), |next| next.at as usize).min(span.end());
            if segment.copied {
                let from = segment.from as usize + (at - segment.at as usize);
                self.copy(&other.text[at..end], from);
            } else {
                self.replace(&other.text[at..end], other.origin(at));
            }
            at = end;
        }
    }

    /// The same text, where the text below is part of another one: `places` tells where bytes of it stand there, in order; there is one
    /// at least.
    pub(crate) fn moved<Other>(&self, places: impl Fn(Span<Below>) -> Vec<Span<Other>>) -> Derived<This, Other> {
        let mut moved = Derived::with_capacity(self.text.len());
        for (here, below, copied) in self.stretches(Span::new(0, self.text.len())) {
            let places = places(below);
            if !copied {
                let place = Span::new(places[0].start(), places[places.len() - 1].end());
                moved.replace(&self.text[here.range()], place);
                continue;
            }
            let mut at = here.start();
            for place in places {
                let end = (at + place.len()).min(here.end());
                moved.copy(&self.text[at..end], place.start());
                at = end;
            }
        }
        moved
    }

    /// Takes bytes from the end, back to a length that the text had before.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while let Some(last) = self.segments.last_mut() {
            let at = last.at as usize;
            if at >= len {
                self.segments.pop();
                continue;
            }
            if last.copied {
                last.from_len = last.from_len.min((len - at) as u32);
            }
            break;
        }
    }

    /// Gives back the room that the text does not take.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.segments.shrink();
    }

    /// The bytes of the text below that `span` comes from: from the first byte of the first to the last byte of the last.
    pub(crate) fn below(&self, span: Span<This>) -> Span<Below> {
        let start = self.origin(span.start());
        if span.is_empty() {
            return Span::new(start.start(), start.start());
        }
        let end = self.origin(span.end() - 1);
        Span::new(start.start(), end.end().max(start.start()))
    }

    /// The stretches that `span` is made of, in order: for each its bytes, what they come from, and whether they were copied byte
    /// for byte.
    pub(crate) fn stretches(&self, span: Span<This>) -> Vec<(Span<This>, Span<Below>, bool)> {
        let mut found = Vec::new();
        let mut at = span.start();
        while at < span.end() {
            let index = self.segments.partition_point(|segment| segment.at as usize <= at).saturating_sub(1);
            let end = self.segments.get(index + 1).map_or(self.text.len(), |next| next.at as usize).min(span.end());
            let copied = self.segments.get(index).is_some_and(|segment| segment.copied);
            let here = Span::new(at, end.max(at + 1));
            found.push((here, self.below(here), copied));
            at = here.end();
        }
        found
    }

    /// The origin of the byte at `offset`.
    fn origin(&self, offset: usize) -> Span<Below> {
        let index = self.segments.partition_point(|segment| segment.at as usize <= offset);
        let Some(segment) = index.checked_sub(1).and_then(|i| self.segments.get(i)) else {
            return Span::new(0, 0);
        };
        let from = segment.from as usize;
        if !segment.copied {
            return Span::new(from, from + segment.from_len as usize);
        }
        let at = from + (offset - segment.at as usize).min(segment.from_len as usize);
        Span::new(at, (at + 1).min(from + segment.from_len as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{Plain, SourceText};

    #[test]
    fn copied_bytes_map_one_to_one_and_replaced_ones_as_a_whole() {
        // source: "a &amp; b", plain: "a & b"
        let mut text = Derived::<Plain, SourceText>::with_capacity(8);
        text.copy("a ", 0);
        text.replace("&", Span::new(2, 7));
        text.copy(" b", 7);
        assert_eq!(text.text(), "a & b");
        let cases = [((0, 1), (0, 1)), ((0, 3), (0, 7)), ((2, 3), (2, 7)), ((3, 5), (7, 9)), ((5, 5), (9, 9))];
        for ((start, end), (from, to)) in cases {
            assert_eq!(text.below(Span::new(start, end)), Span::new(from, to), "{start}..{end}");
        }
        // The same in a text in which a mark of three bytes stands behind the first one, and two in front.
        let places = |span: Span<SourceText>| {
            let at = |at: usize| if at < 1 { at + 2 } else { at + 5 };
            (span.start()..span.end()).map(|byte| Span::new(at(byte), at(byte) + 1)).collect::<Vec<Span<SourceText>>>()
        };
        let moved = text.moved(places);
        assert_eq!(moved.text(), "a & b");
        let cases = [((0, 1), (2, 3)), ((0, 3), (2, 12)), ((2, 3), (7, 12)), ((3, 5), (12, 14))];
        for ((start, end), (from, to)) in cases {
            assert_eq!(moved.below(Span::new(start, end)), Span::new(from, to), "{start}..{end}");
        }
        text.truncate(2);
        assert_eq!(text.below(Span::new(0, 2)), Span::new(0, 2));
    }
}
