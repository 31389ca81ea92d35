//! Clusters: customers that belong together without being one person, and the rules that say so (semantics 1.6).

use eframe::egui::{RichText, Ui};

use crate::help;
use crate::project::cluster::{self, NO_HOUSEHOLD, by_id, by_name, customer_table};
use crate::project::edit::clusters as edits;
use crate::project::validate::{Severity, cluster_problems};
use crate::project::{Cluster, Condition, DeduplicationRule, SourceTable, UnifiedField, edit, unify};
use crate::ui::context::PageCx;
use crate::ui::pages::rules::card::{self, Action, Card};
use crate::ui::pages::rules::order::Slot;
use crate::ui::pages::rules::{Compared, RuleDraft, free_field, words};
use crate::ui::pages::{deletion, lists, live};
use crate::ui::theme::{self, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, figure, form};

const NEW: &str = msg!("Cluster");

/// What the editors read: the fields in force, and the customer as a table under their names.
struct Reading<'a> {
    fields: &'a [UnifiedField],
    customer: &'a SourceTable,
}

pub fn clusters_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let fields = unify::unified_fields(cx.draft);
    let customer = customer_table(cx.draft);
    let reading = Reading { fields: &fields, customer: &customer };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(tr!("Clusters")).title());
        let color = palette(ui).text_weak;
        let what =
            tr!("Customers that belong together without being one person, such as a household. A cluster adds a \
                    column to the customer; it merges nobody and is no segment.");
        ui.label(RichText::new(what).color(color));
        add_ui(ui, cx, &reading);
    });
    for place in 0..cx.draft.clusters.len() {
        // A cluster that was deleted just now is not there any more.
        let Some(of) = cx.draft.clusters.get(place).cloned() else { continue };
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.push_id(&of.id, |ui| cluster_ui(ui, cx, &reading, &of));
        });
    }
    lists::modal_ui(ui, cx);
}

/// The household preset, where the customer has what it compares, and a cluster of one's own.
fn add_ui(ui: &mut Ui, cx: &mut PageCx<'_>, reading: &Reading<'_>) {
    let can = cluster::household(cx.draft).map(|_| ()).ok_or_else(|| crate::text::of(NO_HOUSEHOLD).to_owned());
    let reason = can.clone().err();
    ui.horizontal_wrapped(|ui| {
        let help = tr!("Customers with the same last name and the same address");
        if form::button_or_reason(ui, &icon::before(icon::ADD, tr!("Add household")), can).on_hover_text(help).clicked()
            && let Some(id) = edits::add_household(cx.draft)
        {
            opened(cx, &id);
            cx.name_edit(tr!("Add household"));
        }
        let help = tr!("A cluster with rules of your own over the unified fields");
        if entry::named_button(ui, &icon::before(icon::ADD, tr!("Add cluster")), tr!("Add cluster"))
            .on_hover_text(help)
            .clicked()
        {
            let conditions = vec![Condition::exact(free_field(reading.customer, &[]))];
            let rule = words::default_name(&conditions, None);
            let rule = by_id(reading.fields, &edits::new_rule(cx.draft, &rule, conditions));
            let id = edits::add_cluster(cx.draft, crate::text::of(NEW), &rule.name, rule.conditions);
            opened(cx, &id);
            cx.name_edit(tr!("Add cluster"));
        }
    });
    if let Some(reason) = reason {
        let color = palette(ui).text_weak;
        ui.label(RichText::new(reason).color(color).small());
    }
}

/// Opens the first rule of a new cluster.
fn opened(cx: &mut PageCx<'_>, id: &str) {
    let cluster = cx.draft.clusters.iter().find(|cluster| cluster.id == id);
    if let Some(rule) = cluster.and_then(|cluster| cluster.rules.first()).map(|rule| rule.id.clone()) {
        card::open(cx, &rule);
    }
}

fn cluster_ui(ui: &mut Ui, cx: &mut PageCx<'_>, reading: &Reading<'_>, of: &Cluster) {
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Name")).help(help::CLUSTER_NAME);
        let name = tr!("Name of cluster {of}", of = of.name);
        let typed = entry::held_text_ui(
            ui,
            &mut cx.memory.typed,
            (&name, help::CLUSTER_NAME),
            &of.name,
            tr!("Household"),
            170.0,
        );
        if typed.done {
            let name = typed.text.trim();
            edits::rename_cluster(cx.draft, &of.id, name);
            cx.name_edit(tr!("Rename cluster to {name}", name));
        }
    });
    counts_ui(ui, cx, of);
    for problem in cluster_problems(cx.draft, &of.id) {
        let words = format!("{} {}", problem.message, problem.fix);
        match problem.severity {
            Severity::Error => form::error_ui(ui, words),
            Severity::Warning => form::warning_ui(ui, words),
        }
    }
    let mut action = None;
    for place in 0..of.rules.len() {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if let Some(asked) = rule_ui(ui, cx, reading, of, place) {
                action = Some((place, asked));
            }
        });
    }
    let users = edits::users_of_cluster(cx.draft, &of.id);
    let mut delete = false;
    ui.horizontal_wrapped(|ui| {
        let help = tr!("Customers that satisfy all conditions of any rule are together; rules chain.");
        let name = tr!("Add rule to {of}", of = of.name);
        if entry::named_button(ui, &icon::before(icon::ADD, tr!("Add rule")), &name).on_hover_text(help).clicked() {
            add_rule(cx, reading, of);
        }
        delete = deletion::delete_ui(ui, cx, tr!("cluster"), &of.id, &of.name, &users);
    });
    if let Some((place, action)) = action {
        apply(cx, of, place, &action);
    }
    if delete {
        edits::delete_cluster(cx.draft, &of.id);
        cx.name_edit(tr!("Delete cluster {of}", of = of.name));
    }
}

/// How many there are, and how many customers are in one.
fn counts_ui(ui: &mut Ui, cx: &mut PageCx<'_>, of: &Cluster) {
    let run = live::unified(cx);
    let customers = run.as_ref().and_then(|run| run.customers.as_ref());
    let found = customers.and_then(|customers| customers.clusters.iter().find(|(id, _)| *id == of.id));
    let found = found.map(|(_, found)| (found.count, found.customers));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 26.0;
        figure::figure_ui(ui, tr!("Clusters"), found.map(|(count, _)| count), help::CLUSTERS);
        figure::figure_ui(
            ui,
            tr!("Customers in them"),
            found.map(|(_, customers)| customers),
            help::CLUSTERED_CUSTOMERS,
        );
        if !live::is_fresh(cx) {
            form::label_ui(ui, tr!("updating…"));
        }
    });
}

/// One rule; what was asked for that changes the list.
fn rule_ui(ui: &mut Ui, cx: &mut PageCx<'_>, reading: &Reading<'_>, of: &Cluster, place: usize) -> Option<Action> {
    let rule = of.rules.get(place)?;
    let shown = by_name(reading.fields, rule);
    let project = std::sync::Arc::clone(&cx.workbench.project);
    let card = Card {
        id: &rule.id,
        called: &tr!("rule {place} of {of}", place = place + 1, of = of.name),
        slot: Slot { list: &format!("rules of cluster {}", of.id), place, count: of.rules.len() },
        order: help::ORDER_OF_DEDUPLICATION_RULES,
        compared: Compared { project: &project, own: reading.customer, upper: None },
        count: Some((String::new(), true, help::CLUSTERED_CUSTOMERS)),
    };
    let mut edited = RuleDraft::of_deduplication(&shown);
    let action = card::card_ui(ui, cx, &card, &mut edited, |_| ());
    let default = words::default_name(&shown.conditions, None);
    let name = words::default_name(&edited.conditions, None);
    // A name that was made from the conditions follows them.
    if name != default && edited.name == rule.name && words::is_default_name(&rule.name, &default) {
        let others = of.rules.iter().filter(|other| other.id != rule.id).map(|other| other.name.as_str());
        edited.name = edit::free_name(&name, others);
    }
    if edited != RuleDraft::of_deduplication(&shown) {
        let mut changed = shown;
        edited.put_in_deduplication(&mut changed);
        let changed = by_id(reading.fields, &changed);
        cx.name_edit(tr!("Edit rule {rule} of {of}", rule = rule.name, of = of.name));
        *rules_mut(cx, of)?.get_mut(place)? = changed;
    }
    action
}

fn rules_mut<'a>(cx: &'a mut PageCx<'_>, of: &Cluster) -> Option<&'a mut Vec<DeduplicationRule>> {
    cx.draft.clusters.iter_mut().find(|cluster| cluster.id == of.id).map(|cluster| &mut cluster.rules)
}

fn add_rule(cx: &mut PageCx<'_>, reading: &Reading<'_>, of: &Cluster) {
    let used = of.rules.iter().map(|rule| by_name(reading.fields, rule)).flat_map(|rule| rule.conditions);
    let conditions = vec![Condition::exact(free_field(reading.customer, &used.collect::<Vec<_>>()))];
    let taken = of.rules.iter().map(|rule| rule.name.as_str());
    let name = edit::free_name(&words::default_name(&conditions, None), taken);
    let rule = by_id(reading.fields, &edits::new_rule(cx.draft, &name, conditions));
    card::open(cx, &rule.id);
    if let Some(rules) = rules_mut(cx, of) {
        rules.push(rule);
    }
    cx.name_edit(tr!("Add rule {name} to {of}", name, of = of.name));
}

fn apply(cx: &mut PageCx<'_>, of: &Cluster, place: usize, action: &Action) {
    match action {
        Action::Move(moved) => {
            if let Some(rules) = rules_mut(cx, of) {
                moved.apply(rules);
            }
            cx.name_edit(tr!("Move rule of cluster"));
        }
        Action::Duplicate => {
            let Some(rule) = of.rules.get(place) else { return };
            let name = edit::free_name(&rule.name, of.rules.iter().map(|rule| rule.name.as_str()));
            let copy = edits::new_rule(cx.draft, &name, rule.conditions.clone());
            let copy = DeduplicationRule { active: rule.active, exceptions: rule.exceptions.clone(), ..copy };
            card::open(cx, &copy.id);
            if let Some(rules) = rules_mut(cx, of) {
                rules.insert(place + 1, copy);
            }
            cx.name_edit(tr!("Duplicate rule of cluster"));
        }
        Action::Delete => {
            edits::delete_cluster_rule(cx.draft, &of.id, place);
            cx.name_edit(tr!("Delete rule of cluster"));
        }
    }
}
