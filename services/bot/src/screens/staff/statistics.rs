//! How the shop is doing, in numbers.

use contract::common::Permission;
use contract::failure::Failure;
use kernel::page::PageRequest;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::people_admin::PeopleStats;
use crate::peers::sales::{Figures, Sales};
use crate::peers::staff::Roles;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Console, MoneyStats};

/// More than any shop has; the list of roles has the rest.
const ROLES_MAX: u32 = 20;

/// The numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics;

impl Page for Statistics {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        let (stats, figures) = tokio::try_join!(cx.peers.people_stats(), cx.peers.sales_figures())?;
        let mut text = texts
            .statistics_title()
            .paragraph(people(cx, &stats))
            .paragraph(sales(cx, texts.statistics_sales_today(), &figures.today))
            .paragraph(sales(cx, texts.statistics_sales_ever(), &figures.ever))
            .paragraph(shelves(cx, &figures));
        if cx.staff.may(Permission::Admins) {
            text = roles(cx)
                .await?
                .into_iter()
                .fold(text.paragraph(texts.statistics_roles()), Html::line);
        }
        Ok(View::new(text)
            .row([Key::to(texts.key_money_stats(), MoneyStats), Key::to(texts.key_refresh(), Self)])
            .row([Key::to(texts.key_back(), Console), cx.home_key()]))
    }
}

fn people(cx: &Cx, stats: &PeopleStats) -> Html {
    let (texts, count) = (cx.texts, |count: u64| cx.format.count(count));
    texts
        .statistics_people(count(stats.people))
        .line(texts.statistics_people_new(count(stats.new_today), count(stats.new_in_7_days)))
        .line(texts.statistics_people_blocked(count(stats.blocked)))
        .line(texts.statistics_people_unreachable(count(stats.unreachable)))
}

fn sales(cx: &Cx, title: Html, sales: &Sales) -> Html {
    let (texts, format) = (cx.texts, &cx.format);
    title
        .line(texts.statistics_revenue(format.money(sales.revenue), format.count(sales.orders)))
        .line(texts.statistics_average(format.money(sales.average)))
        .line(texts.statistics_buyers(format.count(sales.buyers), format.count(sales.units)))
}

fn shelves(cx: &Cx, figures: &Figures) -> Html {
    let (texts, count) = (cx.texts, |count: u64| cx.format.count(count));
    texts
        .statistics_shelves(count(figures.categories), count(figures.items))
        .line(texts.statistics_free_units(count(figures.free_units)))
}

/// How many people have each role; the default one has everybody else.
async fn roles(cx: &Cx) -> Result<Vec<Html>, Failure> {
    let page = PageRequest::clamped(0, ROLES_MAX);
    let roles = cx.peers.list_roles(Roles::All, page).await?.rows;
    let given = roles.iter().filter(|role| role.members > 0);
    Ok(given
        .map(|role| cx.texts.statistics_role(&role.name, cx.format.count(role.members)))
        .collect())
}
