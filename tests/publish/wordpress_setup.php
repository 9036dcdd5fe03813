<?php
// Gives a fresh WordPress its users, and prints their application passwords as JSON.
// Run with php-cli in WordPress's folder: two names of users with roles, in pairs.
require getcwd() . '/wp-load.php';

$passwords = array();
foreach ( array_chunk( array_slice( $argv, 1 ), 2 ) as list( $name, $role ) ) {
	$user = username_exists( $name );
	if ( ! $user ) {
		$user = wp_insert_user(
			array(
				'user_login' => $name,
				'user_pass'  => wp_generate_password( 24 ),
				'user_email' => "$name@blog.example",
				'role'       => $role,
			)
		);
	}
	list( $passwords[ $name ] ) = WP_Application_Passwords::create_new_application_password(
		$user,
		array( 'name' => 'hanpan' )
	);
}
update_option( 'timezone_string', 'Asia/Seoul' );
echo json_encode( $passwords );
