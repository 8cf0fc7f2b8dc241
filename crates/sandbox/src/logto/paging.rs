//! Pages: strict numbers, and `Link` headers that lack the `/api` of the address, as the real ones do.

use url::form_urlencoded;

use super::refusal::Refusal;

/// Which page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// From 1.
    pub page: usize,
    /// 1 to 100.
    pub size: usize,
    /// Whether the request says anything about pages.
    pub asked: bool,
}

impl Paging {
    /// From a query.
    pub fn read(query: &[(String, String)]) -> Result<Self, Refusal> {
        let find = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let refused = || Refusal::new(400, "guard.invalid_pagination");
        let number = |text: Option<&str>, usual: usize, most: usize| {
            let Some(text) = text else { return Ok(usual) };
            let plain = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse::<usize>().ok().filter(|number| plain && (1..=most).contains(number));
            number.ok_or_else(refused)
        };
        Ok(Self {
            page: number(find("page"), 1, usize::MAX)?,
            size: number(find("page_size"), 20, 100)?,
            asked: find("page").is_some() || find("page_size").is_some(),
        })
    }

    /// How many rows come before the page.
    pub const fn skipped(self) -> usize {
        (self.page - 1).saturating_mul(self.size)
    }

    /// The values of the `Link` headers; `address` is that of the list without its query.
    pub fn links(self, address: &str, query: &[(String, String)], total: usize) -> Vec<String> {
        let last = total.div_ceil(self.size).max(1);
        let link = |page: usize, relation: &str| {
            format!("<{address}?{}>; rel=\"{relation}\"", with_page(query, page))
        };
        let mut links = vec![link(1, "first")];
        if self.page > 1 {
            links.push(link(self.page - 1, "prev"));
        }
        links.push(link(last, "last"));
        if self.page < last {
            links.push(link(self.page + 1, "next"));
        }
        links
    }
}

/// The query with another page; values of one name are joined by a comma, as the real one does.
fn with_page(query: &[(String, String)], page: usize) -> String {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in query {
        match pairs.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = format!("{known},{value}"),
            None => pairs.push((name.clone(), value.clone())),
        }
    }
    match pairs.iter_mut().find(|(name, _)| name == "page") {
        Some((_, known)) => *known = page.to_string(),
        None => pairs.push(("page".to_owned(), page.to_string())),
    }
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(text.as_bytes()).into_owned().collect()
    }

    #[test]
    fn page_sizes_outside_1_to_100_are_refused() {
        for text in
            ["page_size=0", "page_size=101", "page=0", "page=-1", "page=a", "page=1.5", "page=+1", "page="]
        {
            assert!(Paging::read(&query(text)).is_err(), "{text}");
        }
        let paging = Paging::read(&query("page=3&page_size=100")).unwrap();
        assert_eq!((paging.skipped(), paging.asked), (200, true));
        assert!(!Paging::read(&[]).unwrap().asked);
    }

    #[test]
    fn links_are_those_of_the_recording() {
        let asked = query("page=1&page_size=3");
        let links = Paging::read(&asked).unwrap().links("http://logto.example/users", &asked, 20_012);
        assert_eq!(
            links,
            [
                "<http://logto.example/users?page=1&page_size=3>; rel=\"first\"",
                "<http://logto.example/users?page=6671&page_size=3>; rel=\"last\"",
                "<http://logto.example/users?page=2&page_size=3>; rel=\"next\"",
            ]
        );
        let asked = query("search.id=a&search.id=b&mode.id=exact");
        let links = Paging::read(&asked).unwrap().links("http://logto.example/users", &asked, 2);
        assert_eq!(
            links[0],
            "<http://logto.example/users?search.id=a%2Cb&mode.id=exact&page=1>; rel=\"first\""
        );
    }
}
