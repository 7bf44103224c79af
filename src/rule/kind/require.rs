//! `require`: reports that a phrase is absent, from the draft, from a section or from a paragraph.
//!
//! ```yaml
//! - id: denuclearization-goal
//!   kind: require
//!   phrases: ["complete denuclearization"]
//!   when: ["North Korea", "DPRK"]   # only if one of these occurs; without it, always
//!   within: draft                   # draft, section or paragraph
//! ```
//!
//! An absence is reported at the first of the phrases under `when`; without them at the title of the draft, at the heading of
//! the section, or at the paragraph.

use std::ops::Range;
use std::sync::Arc;

use super::declaration::phrases;
use super::{Context, Hit, Kind, KindEntry, Report};
use crate::declare::{Phrases, choices, keys};
use crate::draft::Site;
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "require",
    about: "reports that a phrase is absent",
    message: |_| "\"{expected}\", or the like, is missing",
    fills: &["expected"],
    keys: KEYS,
    read,
};

keys! {
    /// One of these phrases must be there.
    phrases: Phrases,
    /// Only if one of these phrases occurs; the first occurrence is reported.
    when: Option<Phrases>,
    /// Where one of the phrases must be.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "draft")))]
    within: Option<RequiredIn>,
}

choices! {
    /// The stretch of a draft that must hold a phrase.
    enum RequiredIn {
        /// Anywhere in the draft.
        Draft = "draft",
        /// In the section: a heading and what follows it up to the next.
        Section = "section",
        /// In the paragraph.
        Paragraph = "paragraph",
    }
}

#[derive(Debug)]
struct RequireKind {
    phrases: PhraseSet,
    when: Option<PhraseSet>,
    within: RequiredIn,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let set = phrases(fields, "phrases", Some("give the phrases of which one must be there"), shared);
    let when = fields.get("when").is_some().then(|| phrases(fields, "when", None, shared));
    let within = fields.text("within").map_or(Some(RequiredIn::Draft), |text| text.choose("place", RequiredIn::NAMES));
    let inflector = Arc::clone(&shared.inflector);
    Some(Box::new(RequireKind { phrases: set, when, within: within?, inflector }))
}

const PHRASES: usize = 0;
const WHEN: usize = 1;

impl Kind for RequireKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        std::iter::once(&self.phrases).chain(&self.when).collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        self.when.is_none()
    }

    /// False: what is missing is no word.
    fn is_about_words(&self) -> bool {
        false
    }

    fn is_about_the_draft(&self) -> bool {
        self.when.is_none() && matches!(self.within, RequiredIn::Draft)
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let present = context.occurrences(PHRASES);
        let when = context.occurrences(WHEN);
        let blocks = context.draft.blocks().len();
        let places: Vec<Range<usize>> = match self.within {
            RequiredIn::Draft => std::iter::once(0..blocks).collect(),
            RequiredIn::Section => context.sections(),
            RequiredIn::Paragraph => (0..blocks).map(|block| block..block + 1).collect(),
        };
        places.into_iter().filter_map(|place| self.absence(context, &place, &present, &when)).collect()
    }

    fn looks_for(&self) -> Vec<String> {
        let when = self.when.iter().flat_map(|when| when.wordings(&self.inflector)).map(|w| format!("... when: {w}"));
        self.phrases.wordings(&self.inflector).into_iter().chain(when).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl RequireKind {
    fn absence(&self, context: &Context<'_>, place: &Range<usize>, present: &[Hit], when: &[Hit]) -> Option<Report> {
        let first_inside = |hits: &[Hit]| -> Option<Site> {
            let hit = hits.get(hits.partition_point(|hit| hit.block < place.start))?;
            place.contains(&hit.block).then(|| hit.site())
        };
        if place.is_empty() || first_inside(present).is_some() {
            return None;
        }
        let site = match &self.when {
            Some(_) => first_inside(when)?,
            None => self.whole_place(context, place)?,
        };
        Some(Report::at(site).expect(self.phrases.first_wording(&self.inflector)))
    }

    fn whole_place(&self, context: &Context<'_>, place: &Range<usize>) -> Option<Site> {
        match self.within {
            RequiredIn::Draft => context.title(),
            // A heading, or a paragraph, that the rule does not look at needs nothing.
            _ => Some(context.whole(place.start)).filter(|site| context.in_scope(site.block, site.span)),
        }
    }
}
