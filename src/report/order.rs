//! The order of a report: that of the paper, variants beside what they vary, helpers under what they serve. Untrusted.

use super::ClaimReport;
use std::collections::BTreeMap;

/// Most steps from a claim to the one that it stands beside.
const STEPS: usize = 20;

/// The claims by id.
type ById<'c> = BTreeMap<&'c str, (usize, &'c ClaimReport)>;

fn by_id(claims: &[ClaimReport]) -> ById<'_> {
    let each = claims.iter().enumerate();
    each.map(|(index, claim)| (claim.id.as_str(), (index, claim)))
        .collect()
}

/// Where a path that starts at a claim ends.
fn follow<'c>(
    start: &'c ClaimReport,
    known: &ById<'c>,
    next: fn(&ClaimReport) -> Option<&str>,
) -> &'c ClaimReport {
    let step = |claim: &&'c ClaimReport| Some(known.get(next(claim)?)?.1);
    let path = std::iter::successors(Some(start), step);
    path.take(STEPS).last().unwrap_or(start)
}

/// The claim under which a helper stands; a claim that is no helper is its own.
fn host<'c>(claim: &'c ClaimReport, known: &ById<'c>) -> &'c ClaimReport {
    follow(claim, known, |claim| claim.serves.as_deref())
}

/// The claim that another stands beside, or on the way to.
fn beside(claim: &ClaimReport) -> Option<&str> {
    let beside = claim.serves.as_deref().or(claim.repairs.as_deref());
    beside.or(claim.varies.as_deref())
}

/// The claims under which helpers stand, by the ids of the helpers.
#[must_use]
pub fn hosts(claims: &[ClaimReport]) -> BTreeMap<String, String> {
    let known = by_id(claims);
    let helpers = claims.iter().filter(|claim| claim.serves.is_some());
    helpers
        .map(|claim| (claim.id.clone(), host(claim, &known).id.clone()))
        .filter(|(helper, host)| helper != host)
        .collect()
}

/// Puts claims, which are in the order of their files, into that of the papers. What corrects a claim comes next.
///
/// The table of contents says the order, where there is one. What it does not name comes after, in the order of the
/// files.
#[must_use]
pub fn arranged(claims: &[ClaimReport], contents: &[String]) -> Vec<ClaimReport> {
    let known = by_id(claims);
    let mut papers: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        papers.entry(&claim.paper).or_insert(index);
    }
    let index = |claim: &ClaimReport| known.get(claim.id.as_str()).map(|(index, _)| *index);
    let key = |claim: &ClaimReport| {
        let (_, claim) = known.get(claim.id.as_str())?;
        let (host, anchor) = (host(claim, &known), follow(claim, &known, beside));
        let listed = contents.iter().position(|id| *id == anchor.id);
        let paper = papers.get(claim.paper.as_str()).copied();
        let beside = host.id != anchor.id;
        let corrects = host.repairs.as_ref() == Some(&anchor.id);
        let helps = host.id != claim.id;
        let places = (
            index(anchor),
            (beside, beside && !corrects, index(host)),
            (helps, index(claim)),
        );
        Some((paper, listed.is_none(), listed, places))
    };
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_cached_key(|at| claims.get(*at).and_then(key));
    let each = order.iter().filter_map(|at| claims.get(*at));
    each.cloned().collect()
}
