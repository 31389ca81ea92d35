//! Names of people, separated by spaces: what the made-up customers are called.

/// Given names, the common ones first.
pub(crate) const FIRST: &str = "\
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph \
Jessica Thomas Sarah Christopher Karen Charles Lisa Daniel Nancy Matthew Sandra Anthony Betty Mark Ashley Donald \
Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa \
Timothy Deborah Ronald Stephanie George Rebecca Jason Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy \
Nicholas Kathleen Gary Angela Eric Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna \
Brandon Samantha Benjamin Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet \
Raymond Maria Jack Olivia Dennis Heather Jerry Helen Tyler Catherine Aaron Diane Jose Julie Adam Victoria Nathan \
Joyce Henry Lauren Zachary Kelly Douglas Christina Peter Ruth Kyle Joan Noah Virginia Ethan Judith Jeremy Evelyn \
Christian Hannah Walter Andrea Keith Megan Austin Cheryl Roger Jacqueline Terry Madison Sean Teresa Gerald \
Abigail Carl Sophia Dylan Martha Harold Sara Jordan Gloria Jesse Janice Bryan Kathryn Lawrence Ann Arthur \
Isabella Gabriel Judy Bruce Charlotte Logan Julia Billy Grace Joe Amber Alan Alice Juan Jean Elijah Denise \
Willie Frances Albert Danielle Wayne Marilyn Randy Natalie Mason Beverly Vincent Diana Liam Brittany Roy Theresa \
Bobby Kayla Caleb Alexis Bradley Doris Russell Lori Lucas Tiffany Mia Oscar Leonie Felix Clara Hugo Ines Mateo \
Lucia Omar Fatima Wei Yan Arjun Priya Ivan Olga Piotr Agnieszka Lars Ingrid Marco Giulia Pierre Camille Ahmed \
Aisha Kofi Ama Hiroshi Yuki Seamus Niamh Bjorn Astrid Tomas Elena Nikos Zoe Ravi Ananya Minh Linh Jin Soo Pavel \
Katerina Andre Beatriz";

/// The 600 commonest surnames of the United States (census of 2010, public domain), in order.
pub(crate) const SURNAMES: &str = "\
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson \
Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson \
Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell \
Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris \
Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward \
Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel \
Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes \
Gonzales Fisher Vasquez Simmons Romero Jordan Patterson Alexander Hamilton Graham Reynolds Griffin Wallace \
Moreno West Cole Hayes Bryant Herrera Gibson Ellis Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens \
Harrison Fernandez Mcdonald Woods Washington Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns \
Crawford Olson Simpson Porter Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer \
Wagner Black Robertson Boyd Rose Stone Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson \
Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley Spencer Hawkins Arnold Pierce Vazquez Hansen \
Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong Hudson Carroll Lane Riley Andrews Alvarado \
Ray Delgado Berry Perkins Hoffman Johnston Matthews Pena Richards Contreras Willis Carpenter Lawrence Sandoval \
Guerrero George Chapman Rios Estrada Ortega Watkins Greene Nunez Wheeler Valdez Harper Burke Larson Santiago \
Maldonado Morrison Franklin Carlson Austin Dominguez Carr Lawson Jacobs Obrien Lynch Singh Vega Bishop \
Montgomery Oliver Jensen Harvey Williamson Gilbert Dean Sims Espinoza Howell Li Wong Reid Hanson Le Mccoy \
Garrett Burton Fuller Wang Weber Welch Rojas Lucas Marquez Fields Park Yang Little Banks Padilla Day Walsh \
Bowman Schultz Luna Fowler Mejia Davidson Acosta Brewer May Holland Juarez Newman Pearson Curtis Cortez Douglas \
Schneider Joseph Barrett Navarro Figueroa Keller Avila Wade Molina Stanley Hopkins Campos Barnett Bates Chambers \
Caldwell Beck Lambert Miranda Byrd Craig Ayala Lowe Frazier Powers Neal Leonard Gregory Carrillo Sutton Fleming \
Rhodes Shelton Schwartz Norris Jennings Watts Duran Walters Cohen Mcdaniel Moran Parks Steele Vaughn Becker Holt \
Deleon Barker Terry Hale Leon Hail Benson Haynes Horton Miles Lyons Pham Graves Bush Thornton Wolfe Warner \
Cabrera Mckinney Mann Zimmerman Dawson Lara Fletcher Page Mccarthy Love Robles Cervantes Solis Erickson Reeves \
Chang Klein Salinas Fuentes Baldwin Daniel Simon Velasquez Hardy Higgins Aguirre Lin Cummings Chandler Sharp \
Barber Bowen Ochoa Dennis Robbins Liu Ramsey Francis Griffith Paul Blair Oconnor Cardenas Pacheco Cross Calderon \
Quinn Moss Swanson Chan Rivas Khan Rodgers Serrano Fitzgerald Rosales Stevenson Christensen Manning Gill Curry \
Mclaughlin Harmon Mcgee Gross Doyle Garner Newton Burgess Reese Walton Blake Trujillo Adkins Brady Goodman Roman \
Webster Goodwin Fischer Huang Potter Delacruz Montoya Todd Wu Hines Mullins Castaneda Malone Cannon Tate Mack \
Sherman Hubbard Hodges Zhang Guerra Wolf Valencia Franco Saunders Rowe Gallagher Farmer Hammond Hampton Townsend \
Ingram Wise Gallegos Clarke Barton Schroeder Maxwell Waters Logan Camacho Strickland Norman Person Colon Parsons \
Frank Harrington Glover Osborne Buchanan Casey Floyd Patton Ibarra Ball Tyler Suarez Bowers Orozco Salas Cobb \
Gibbs Andrade Bauer Conner Moody Escobar Mcguire Lloyd Mueller Hartman French Kramer Mcbride Pope Lindsey \
Velazquez Norton Mccormick Sparks Flynn Yates Hogan Marsh Macias Villanueva Zamora Pratt Stokes Owen Ballard \
Lang Brock Villarreal Charles Drake Barrera Cain Patrick Pineda Burnett Mercado Santana Shepherd Bautista Ali \
Shaffer Lamb Trevino Mckenzie Hess Beil Olsen Cochran Morton Nash Wilkins Petersen Briggs Shah Roth Nicholson \
Holloway Lozano Flowers Rangel Hoover Arias Short Mora Valenzuela Bryan Meyers Weiss Underwood Bass Greer \
Summers Houston Carson Morrow Clayton Whitaker Decker Yoder Collier Zuniga";

/// Beginnings of rarer surnames; each goes with each of [`ENDINGS`].
pub(crate) const STEMS: &str = "\
Ald Ash Bar Beck Blan Bran Brad Bur Cal Car Chad Cham Clay Cran Crom Dal Dar Den Dray Dun Ed El Em Fair Fal Far \
Fen Gar Gil Glen God Gran Had Hal Ham Har Hat Haw Hel Hol Hux Ing Kel Ken Kil Kirk Lan Law Lin Lock Lud Mal Man \
Mar Mel Mid Mor Nel New Nor Oak Old Or Pad Pem Pen Pres Rad Ram Red Ring Rock Roth Rush Sal San Sed Shel Sher \
Sil Stan Star Stock Strat Sut Tal Than Thorn Til Tow Tre Tur Wad Wal War Wed Wel West Whit Wil Win Wol Wood Wy \
Yar Zel Vog Stein Berg Kow Petr Nov Ivan Janc Lind Nyl Sond Hak Tan Yam Oka Mat";

/// Ends of rarer surnames.
pub(crate) const ENDINGS: &str = "\
ton ham ley ford well worth field wood bridge burn croft den dale gate grove hurst land low man mere more ridge \
shaw stead stone ter thwaite wick win by bury combe cott court don ell er ers ing ings ington kin kins lock mann \
meyer ner sen sky son stein strom berg wicz ova enko ura";

/// Given names and what friends make of them.
pub(crate) const NICKNAMES: &[(&str, &str)] = &[
    ("James", "Jim"),
    ("Robert", "Bob"),
    ("John", "Jack"),
    ("Michael", "Mike"),
    ("William", "Bill"),
    ("Richard", "Rick"),
    ("Joseph", "Joe"),
    ("Thomas", "Tom"),
    ("Christopher", "Chris"),
    ("Charles", "Charlie"),
    ("Daniel", "Dan"),
    ("Matthew", "Matt"),
    ("Anthony", "Tony"),
    ("Elizabeth", "Liz"),
    ("Jennifer", "Jen"),
    ("Patricia", "Pat"),
    ("Barbara", "Barb"),
    ("Susan", "Sue"),
    ("Jessica", "Jess"),
    ("Margaret", "Peggy"),
    ("Katherine", "Kate"),
    ("Steven", "Steve"),
    ("Andrew", "Andy"),
    ("Kenneth", "Ken"),
    ("Timothy", "Tim"),
    ("Edward", "Ed"),
    ("Samuel", "Sam"),
    ("Benjamin", "Ben"),
    ("Alexander", "Alex"),
    ("Nicholas", "Nick"),
    ("Gregory", "Greg"),
    ("Deborah", "Debbie"),
    ("Rebecca", "Becky"),
    ("Stephanie", "Steph"),
    ("Victoria", "Vicky"),
    ("Christina", "Tina"),
    ("Samantha", "Sam"),
];
