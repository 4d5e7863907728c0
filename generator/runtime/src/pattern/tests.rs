use super::*;

fn matches(pattern: &str, text: &str) -> bool {
    Compiled::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}")).is_match(text)
}

#[test]
fn ecma_differs_from_perl() {
    let rows: &[(&str, &str, bool)] = &[
        ("foo", "xfoox", true),
        ("", "", true),
        (r"^\d{3}$", "١٢٣", false),
        (r"^\d{3}$", "123", true),
        (r"^\d{3}$", "123\n", false),
        (r"^\w+$", "é", false),
        (r"^\s$", "\u{FEFF}", true),
        (r"^\s$", "\u{85}", false),
        (r"^\S$", "\u{85}", true),
        ("^.$", "\r", false),
        ("^.$", "\u{2028}", false),
        ("^.$", "💩", true),
        ("^[a&&b]$", "&", true),
        ("^[a&&b]$", "b", true),
        ("^(?!admin)[a-z]+$", "root", true),
        ("^(?!admin)[a-z]+$", "adminx", false),
        (r"^(a)\1$", "aa", true),
        (r"^(a)\1$", "a", false),
        (r"^(?:(a)|b)\1$", "b", true),
        (r"^(?<x>a|b)\k<x>$", "bb", true),
        ("(?<=a)b", "ab", true),
        ("(?<=a)b", "cb", false),
        ("(?<!a)b", "cb", true),
        ("^[^[]+$", "a]", true),
        ("^[^[]+$", "[", false),
        (r"^\cC$", "\u{3}", true),
        ("^[^]$", "\n", true),
        ("[]", "a", false),
        (r"^\0$", "\0", true),
        (r"^[\b]$", "\u{8}", true),
        (r"a\b", "a b", true),
        (r"\bé", "aé", true),
        (r"a\B", "ab", true),
        (r"a\B", "a", false),
        (r"^\u{1F4A9}$", "💩", true),
        (r"^\uD83D\uDCA9$", "💩", true),
        (r"^[\uD83D\uDCA9-\u{1F4AB}]$", "💪", true),
        (r"^\uD83D$", "💩", false),
        (r"^\p{Lu}+$", "ÀB", true),
        (r"^\P{Lu}+$", "À", false),
        (r"^\p{Script=Greek}$", "α", true),
        (r"^[^\p{L}\d]$", "-", true),
        (r"^[^\p{L}\d]$", "7", false),
        (r"^\p{digit}$", "৪", true),
        (r"^\/\^\$\.$", "/^$.", true),
        (r"^\x41\t$", "A\t", true),
        ("^#/ ~-_:'\"%$", "#/ ~-_:'\"%", true),
        (r"^[#~&|<>=@!,\-]+$", "#~&|<>=@!,-", true),
        ("a|b$", "xb", true),
        ("^a{2}$", "aa", true),
        ("^a{2}$", "aaa", false),
        ("^(?:ab){2,}c?$", "ababab", true),
    ];
    for (pattern, text, expected) in rows {
        assert_eq!(matches(pattern, text), *expected, "{pattern} on {text:?}");
    }
}

#[test]
fn refused_in_both_grammars() {
    let rows = [
        "[a--]",
        "(?i)abc",
        r"\Z",
        r"\a",
        "(",
        ")",
        "a**",
        "[z-a]",
        r"\1",
        r"\k<x>",
        "(?<a>x)(?<a>y)",
        "+",
        "a{2,1}",
        "(?P<n>x)",
        "(?#c)a",
        r"\p{Foo}",
        r"\p{lu}",
        r"\p{Greek}",
        r"\u{110000}",
        r"\u12",
        "[a",
        "\\",
        "{1}",
        "(?>a)",
        "^*",
        r"\01",
    ];
    for pattern in rows {
        let error = Compiled::new(pattern).err().unwrap_or_else(|| panic!("{pattern} is accepted"));
        assert!(!error.annex_b, "{pattern}");
    }
    assert!(Compiled::new(&"(".repeat(100_000)).is_err());
}

#[test]
fn annex_b_is_accepted_and_told() {
    let rows = [
        (r"^[\w-.]+$", "a-b.c", true),
        (r"^[\w-.]+$", "a,", false),
        (r"^\-$", "-", true),
        ("^a{,3}$", "a{,3}", true),
        ("^]{}$", "]{}", true),
        (r"^\@\_\#$", "@_#", true),
    ];
    for (pattern, text, expected) in rows {
        let compiled = Compiled::new(pattern).unwrap();
        assert!(compiled.legacy().is_some_and(|refused| refused.annex_b), "{pattern}");
        assert_eq!(compiled.is_match(text), expected, "{pattern}");
        assert!(check(pattern).is_err());
    }
    assert_eq!(Compiled::new("^a$").unwrap().legacy(), None);
}

#[test]
fn large_counts_are_counted() {
    let text = "é".repeat(262_144);
    assert!(matches("^.{0,262144}$", &text));
    assert!(!matches("^.{0,262144}$", &format!("{text}é")));
    assert!(matches("^[a-z]{1,5000}$", &"a".repeat(5000)));
    assert!(!matches("^[a-z]{1,5000}$", ""));
    // overlapping classes with large counts: positions instead of an automaton
    let host = "^[a-zé][a-z0-9-]{0,100000}[a-z0-9]$";
    assert!(matches(host, &format!("a{}9", "-".repeat(100_000))));
    assert!(!matches(host, &format!("a{}9", "-".repeat(100_001))));
    assert!(!matches(host, "a-"));
    assert!(matches(".{70000}", &"x".repeat(70_001)));
    assert!(!matches(".{70000}", &"x".repeat(69_999)));
}

#[test]
fn the_short_ways_agree_with_the_engine() {
    let patterns = ["^a?b*[bc]{1,2}$", "^[ab]+c", "b{2}", "^[a-b]a{1,2}b$", "^ab?", "a{1,2}b?$"];
    let mut texts = vec![String::new()];
    for length in 0..5 {
        let longer = texts.iter().filter(|text| text.len() == length);
        let longer: Vec<String> =
            longer.flat_map(|text| ["a", "b", "c"].map(|c| format!("{text}{c}"))).collect();
        texts.extend(longer);
    }
    for pattern in patterns {
        let sequence = Sequence::of(&parse::parse(pattern, false).unwrap()).unwrap();
        let engine = regex::Regex::new(pattern).unwrap();
        for text in &texts {
            assert_eq!(sequence.matches(text), engine.is_match(text), "{pattern} on {text}");
            assert_eq!(matches(pattern, text), engine.is_match(text), "{pattern} on {text}");
        }
    }
}

/// Each pattern without what needs it is a pattern without look-around; both find the same.
#[test]
fn the_search_agrees_with_automata() {
    let patterns = [
        "a*b",
        "(?:a|ab)(?:c|bcd)d*",
        "^(?:a|b)*?c",
        "(?:a*)*b$",
        "(?:a?){2,3}b",
        "^(?:ab?|c)+$",
        "a+?b{0,2}c",
        "(?:(?:a|b){1,2}c){2}",
        "[^a]b|c$",
        "^(?:a*?b??)*$",
        "",
    ];
    let mut texts = vec![String::new()];
    for length in 0..6 {
        let longer = texts.iter().filter(|text| text.len() == length);
        let longer: Vec<String> =
            longer.flat_map(|text| ["a", "b", "c"].map(|c| format!("{text}{c}"))).collect();
        texts.extend(longer);
    }
    for pattern in patterns {
        // Nothing lies before the beginning.
        let searched = Compiled::new(&format!("(?:{pattern})(?<=^[^]*)")).unwrap();
        assert!(searched.takes_steps(), "{pattern}");
        let engine = regex::Regex::new(pattern).unwrap();
        for text in &texts {
            assert_eq!(searched.is_match(text), engine.is_match(text), "{pattern} on {text}");
        }
    }
}

#[test]
fn look_around_and_back_references() {
    let rows: &[(&str, &str, bool)] = &[
        // The examples of ECMA-262, sections 22.2.2.3.1 and 22.2.2.4.
        (r"^(?=(a+))a*b\1$", "baaabac", false),
        (r"(?=(a+))a*b\1", "baaabac", true),
        (r"^(z)((a+)?(b+)?(c))*\3$", "zaacbbbcaca", true),
        (r"^(z)((a+)?(b+)?(c))*\4$", "zaacbbbcac", true),
        (r"^(z)((a+)?(b+)?(c))*\4$", "zaacbbbcacb", false),
        (r"(.*?)a(?!(a+)b\2c)\2(.*)", "baaabaac", true),
        ("^(?:a*)*$", "b", false),
        (r"^(?:(a)|b)*\1$", "ab", true),
        (r"^(?:(a)|b)*\1$", "aba", false),
        (r"^(a\1)$", "a", true),
        (r"^\1(a)$", "a", true),
        // Look-behind reads backwards: the second group is the greedy one.
        (r"(?<=^(\d+)(\d+))=\1$", "1053=1", true),
        (r"(?<=^(\d+)(\d+))=\1$", "1053=105", false),
        (r"(?<=\1(a))b", "aab", true),
        (r"(?<=([ab]){2})c\1$", "abca", true),
        (r"(?<!^.{0,2})c", "abc", false),
        (r"(?<!^.{0,2})c", "abbc", true),
        (r"^(?=.*\d)(?=.*[a-z])[^]{3,5}$", "a1é", true),
        (r"^(?=.*\d)(?=.*[a-z])[^]{3,5}$", "abc", false),
        (r"^(?!.*(.).*\1)[^]+$", "abc💩", true),
        (r"^(?!.*(.).*\1)[^]+$", "a💩b💩", false),
        (r"^(?:(?!--)[a-z-])+$", "a-b-c", true),
        (r"^(?:(?!--)[a-z-])+$", "a--b", false),
        (r"(?<=\p{Lu})\B\p{Ll}", "Äé", true),
        (r"^(?:\Ba|[b-])+$", "bab", true),
        (r"^(?:\Ba|[b-])+$", "b-a", false),
        (r"^(?:(?=a)a{2,3}?|b)+c$", "aaabaac", true),
    ];
    for (pattern, text, expected) in rows {
        assert_eq!(matches(pattern, text), *expected, "{pattern} on {text:?}");
    }
}

#[test]
fn a_search_takes_no_more_steps_than_it_may() {
    let text = format!("{}!", "a".repeat(50_000));
    let bombs = [
        r"^(?=(a+)+$)(a+)+\1$",
        r"^(?!x)(a|aa)+$",
        r"(?=[^]*b)a",
        r"^(a*)*\1$",
        r"(?:(?!b)a?){60000}$",
        r"(?<=b[^]*)!",
    ];
    for pattern in bombs {
        let compiled = Compiled::new(pattern).unwrap();
        let mut steps = 1_000_000;
        assert_eq!((compiled.search(&text, &mut steps), steps), (None, 0), "{pattern}");
        assert!(!compiled.is_match(&text), "{pattern}");
    }
    // Without look-around it takes linear time whatever the pattern is.
    let mut steps = 0;
    assert_eq!(Compiled::new("^(a+)+$").unwrap().search(&text, &mut steps), Some(false));
}
